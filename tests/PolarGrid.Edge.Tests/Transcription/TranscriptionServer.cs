using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Running;
using PolarGrid.Testing.Speech;

namespace PolarGrid.Edge.Tests.Transcription;

/// <summary>A server with a recogniser of tones, named <c>tones</c> and <c>whisper-1</c>.</summary>
internal sealed class TranscriptionServer : IAsyncDisposable
{
    private readonly EnginePool<ITranscriber> pool;
    private bool stopped;

    private TranscriptionServer(EdgeServer edge, ScriptedTranscriber engine, EnginePool<ITranscriber> pool)
    {
        Edge = edge;
        Engine = engine;
        this.pool = pool;
    }

    public EdgeServer Edge { get; }

    public ScriptedTranscriber Engine { get; }

    public HttpClient Client => Edge.Client;

    public ISpeechDirectory Speech => Edge.App.Services.GetRequiredService<ISpeechDirectory>();

    public static async Task<TranscriptionServer> StartAsync(
        Action<EdgeOptions>? configure = null,
        TimeProvider? time = null,
        ILoggerProvider? logs = null,
        ScriptedTranscriber? engine = null,
        int engines = 1,
        int maxRequests = 100)
    {
        engine ??= new ScriptedTranscriber();
        var edge = await EdgeServer.StartAsync(configure, time, logs);
        var pool = engine.Pool(engines, maxRequests);
        edge.App.Services.GetRequiredService<ISpeechDirectory>().Register(engine.Model, pool, "whisper-1");
        return new TranscriptionServer(edge, engine, pool);
    }

    /// <summary>Sends tones as a wav file.</summary>
    public Task<HttpResponseMessage> TranscribeAsync(string text, params (string Name, string Value)[] fields) => SendAsync(Tones.Wav(text), fields);

    public Task<HttpResponseMessage> SendAsync(byte[] file, params (string Name, string Value)[] fields) =>
        PostAsync("/v1/audio/transcriptions", Form(file, fields));

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent content, HttpClient? client = null, CancellationToken cancellationToken = default) =>
        (client ?? Client).SendAsync(
            new HttpRequestMessage(HttpMethod.Post, path) { Content = content }, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>A form with a model unless one is among the fields.</summary>
    public static MultipartFormDataContent Form(byte[]? file, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        if (file is not null)
        {
            var part = new ByteArrayContent(file);
            part.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
            form.Add(part, "file", "speech.wav");
        }

        if (fields.All(field => field.Name != "model")) form.Add(new StringContent("tones"), "model");
        foreach (var (name, value) in fields) form.Add(new StringContent(value, Encoding.UTF8), name);
        return form;
    }

    /// <summary>Stops as a server does: the application, then the models, then what is left.</summary>
    public async Task StopAsync()
    {
        await Edge.App.StopAsync();
        await pool.DisposeAsync();
        stopped = true;
    }

    public async ValueTask DisposeAsync()
    {
        await Edge.DisposeAsync();
        if (!stopped) await pool.DisposeAsync();
    }
}
