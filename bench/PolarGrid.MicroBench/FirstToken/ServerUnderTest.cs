using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Edge;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Models;
using PolarGrid.Engine.Llama;
using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Running;
using PolarGrid.Engine.Scheduling;
using PolarGrid.Engine.Templates;

namespace PolarGrid.MicroBench.FirstToken;

/// <summary>The real edge and engine in this process, behind a real connection on loopback.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly LocalTextEngine engine;
    private readonly LlamaModel model;
    private readonly HttpClient http;
    private readonly string folder;

    private ServerUnderTest(WebApplication app, LocalTextEngine engine, LlamaModel model, HttpClient http, string folder)
    {
        this.app = app;
        this.engine = engine;
        this.model = model;
        this.http = http;
        this.folder = folder;
    }

    /// <summary>How many tokens the last prompt had, template included.</summary>
    public int LastPromptTokens { get; private set; }

    public int VocabularySize => model.Tokenizer.VocabularySize;

    public static async Task<ServerUnderTest> StartAsync(string path, int threads)
    {
        var folder = Directory.CreateTempSubdirectory("polargrid-bench").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddPolarGridEdge(new EdgeOptions { DataFolder = folder, Profile = ApiProfile.OpenAI });
        var app = builder.Build().MapPolarGridEdge();
        var backend = LlamaBackend.Start(null, NullLogger.Instance);
        var model = LlamaModelLoader.Load(backend, path, new LlamaModelOptions(), null, CancellationToken.None);
        var runner = model.CreateRunner(new LlamaRunnerOptions { KvTokens = 8 * 2048, Sequences = 8, KvLayout = KvLayout.Separate, Threads = threads }, TimeProvider.System);
        var template = model.Info.ChatTemplate is { } source ? ChatTemplate.Parse(source).Value : null;
        var engine = new LocalTextEngine(
            model.Describe("bench", runner, contextTokens: 2048, maxChoices: 8),
            runner, model.Tokenizer, template, new SchedulerOptions { MaxRunning = 8 }, TimeProvider.System, NullLogger<LocalTextEngine>.Instance);
        app.Services.GetRequiredService<IModelDirectory>().Register(engine);
        var key = app.Services.GetRequiredService<IKeyDirectory>().EnsureBootstrapKey(null)!;
        await app.StartAsync();
        var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return new ServerUnderTest(app, engine, model, http, folder);
    }

    public LlamaRunner CreateBareRunner(int threads) =>
        model.CreateRunner(new LlamaRunnerOptions { KvTokens = 2048, Sequences = 1, Threads = threads, AdaptThreads = false }, TimeProvider.System);

    /// <summary>Sends a new prompt and reads up to the first chunk with text.</summary>
    public async Task<TimeSpan> FirstTokenAsync(int words, int seed)
    {
        var random = new Random(seed);
        var text = string.Join(' ', Enumerable.Range(0, words).Select(_ => $"w{random.Next(10)}"));
        var body = $$$"""{"model":"bench","messages":[{"role":"user","content":"{{{text}}}"}],"max_tokens":1,"temperature":0,"ignore_eos":true,"stream":true,"stream_options":{"include_usage":true}}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        var started = Stopwatch.GetTimestamp();
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        TimeSpan? first = null;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("data: {", StringComparison.Ordinal)) continue;
            first ??= line.Contains("\"content\":\"", StringComparison.Ordinal) && !line.Contains("\"content\":\"\"", StringComparison.Ordinal) ? Stopwatch.GetElapsedTime(started) : null;
            using var chunk = JsonDocument.Parse(line[6..]);
            if (chunk.RootElement.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object)
            {
                LastPromptTokens = usage.GetProperty("prompt_tokens").GetInt32();
            }
        }

        return first ?? throw new InvalidOperationException("No token came.");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
        await engine.DisposeAsync();
        model.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
