using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PolarGrid.Edge.Accounting;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Models;
using PolarGrid.Testing;
using PolarGrid.Testing.OpenApi;

namespace PolarGrid.Edge.Tests.Hosting;

/// <summary>A whole edge on a loopback port with a scripted engine, real keys and a data folder of its own.</summary>
internal sealed class EdgeServer : IAsyncDisposable
{
    private readonly string folder;

    private EdgeServer(WebApplication app, string folder, ScriptedTextEngine engine, string key)
    {
        App = app;
        this.folder = folder;
        Engine = engine;
        Key = key;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = NewClient(key);
    }

    public WebApplication App { get; }

    public ScriptedTextEngine Engine { get; }

    /// <summary>An admin key.</summary>
    public string Key { get; }

    public Uri Address { get; }

    public string DataFolder => App.Services.GetRequiredService<EdgeOptions>().DataFolder;

    /// <summary>Sends the admin key.</summary>
    public HttpClient Client { get; }

    public IKeyDirectory Keys => App.Services.GetRequiredService<IKeyDirectory>();

    public IModelDirectory Models => App.Services.GetRequiredService<IModelDirectory>();

    public static async Task<EdgeServer> StartAsync(
        Action<EdgeOptions>? configure = null,
        TimeProvider? time = null,
        ILoggerProvider? logs = null,
        ScriptedTextEngine? engine = null,
        Action<WebApplication>? map = null,
        IUsageSink? usage = null,
        IKeyDirectory? keys = null,
        params (string Name, string Value)[] configuration)
    {
        var folder = Directory.CreateTempSubdirectory("polargrid-test-").FullName;
        var options = new EdgeOptions { DataFolder = Path.Combine(folder, "data"), NodeName = "test-node" };
        configure?.Invoke(options);

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        foreach (var (name, value) in configuration) builder.Configuration[name] = value;
        builder.Logging.ClearProviders();
        if (logs is not null) builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        if (time is not null) builder.Services.AddSingleton(time);
        if (usage is not null) builder.Services.AddSingleton(usage);
        if (keys is not null) builder.Services.AddSingleton(keys);
        builder.Services.AddPolarGridEdge(options);

        var app = builder.Build();
        app.MapPolarGridEdge();
        map?.Invoke(app);
        engine ??= new ScriptedTextEngine();
        app.Services.GetRequiredService<IModelDirectory>().Register(engine, "an-alias");
        var key = app.Services.GetRequiredService<IKeyDirectory>().EnsureBootstrapKey(null)!;
        await app.StartAsync();
        return new EdgeServer(app, folder, engine, key);
    }

    public HttpClient NewClient(string? key)
    {
        var client = new HttpClient(new AnswerCheckingHandler(new SocketsHttpHandler())) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public Task<HttpResponseMessage> PostAsync(string path, string json, string? profile = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (profile is not null) request.Headers.Add("X-PolarGrid-Profile", profile);
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task<HttpResponseMessage> ChatAsync(string more = "", string? profile = null) =>
        PostAsync("/v1/chat/completions", ChatBody(more), profile);

    public static string ChatBody(string more = "") =>
        "{\"model\":\"test-model\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]" + (more.Length == 0 ? "" : "," + more) + "}";

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
