using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Running;
using PolarGrid.Testing;

namespace PolarGrid.Edge.Tests.Speech;

/// <summary>A whole edge with one scripted voice model, reached as <c>test-voice</c> and <c>tts-1</c>.</summary>
internal sealed class SpeechServer : IAsyncDisposable
{
    private SpeechServer(EdgeServer edge, ScriptedVoices voices, EnginePool<ISynthesizer> pool)
    {
        Edge = edge;
        Voices = voices;
        Pool = pool;
    }

    public EdgeServer Edge { get; }

    public ScriptedVoices Voices { get; }

    public EnginePool<ISynthesizer> Pool { get; }

    public ISpeechDirectory Directory => Edge.App.Services.GetRequiredService<ISpeechDirectory>();

    public static async Task<SpeechServer> StartAsync(
        ScriptedVoices? voices = null,
        int engines = 1,
        int maxRequests = 32,
        Action<EdgeOptions>? configure = null,
        TimeProvider? time = null,
        ILoggerProvider? logs = null)
    {
        voices ??= new ScriptedVoices();
        var edge = await EdgeServer.StartAsync(configure, time, logs);
        var pool = new EnginePool<ISynthesizer>(voices.Create, new EnginePoolOptions { Engines = engines, MaxRequests = maxRequests }, voices.Model.Id);
        var server = new SpeechServer(edge, voices, pool);
        server.Directory.Register(voices.Model, pool, "tts-1");
        return server;
    }

    /// <param name="input">What to say.</param>
    /// <param name="more">Further fields as JSON, without braces.</param>
    /// <param name="voice">Who.</param>
    public static string Body(string input, string more = "", string voice = "ann") =>
        $"{{\"model\":\"test-voice\",\"input\":{JsonSerializer.Serialize(input, Text.Default.String)},\"voice\":\"{voice}\"{(more.Length == 0 ? "" : "," + more)}}}";

    public Task<HttpResponseMessage> SpeakAsync(string input, string more = "", string voice = "ann") => PostAsync(Body(input, more, voice));

    public Task<HttpResponseMessage> PostAsync(string json, string? profile = null) => Edge.PostAsync("/v1/audio/speech", json, profile);

    /// <summary>A caller that the test reads from, or not, by hand.</summary>
    public async Task<Socket> ConnectAsync(string body, int? receiveBuffer = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        if (receiveBuffer is { } bytes) socket.ReceiveBufferSize = bytes;
        await socket.ConnectAsync(Edge.Address.Host, Edge.Address.Port);
        await socket.SendAsync(Encoding.UTF8.GetBytes(
            "POST /v1/audio/speech HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
            + $"Authorization: Bearer {Edge.Key}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        await Edge.DisposeAsync();
        await Pool.DisposeAsync();
    }
}

/// <summary>Writes texts as JSON; reflection is off here as in the shipped program.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class Text : System.Text.Json.Serialization.JsonSerializerContext;
