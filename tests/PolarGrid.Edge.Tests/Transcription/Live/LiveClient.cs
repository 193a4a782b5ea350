using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing;

namespace PolarGrid.Edge.Tests.Transcription.Live;

/// <summary>A client of a live session, as a program or a browser would be.</summary>
internal sealed class LiveClient : IDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly byte[] buffer = new byte[64 * 1024];

    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    public string? CloseReason => socket.CloseStatusDescription;

    public string? Subprotocol => socket.SubProtocol;

    public static async Task<LiveClient> OpenAsync(EdgeServer server, string query, string? key = null, params string[] subprotocols)
    {
        var client = new LiveClient();
        client.socket.Options.CollectHttpResponseDetails = true;
        if (subprotocols.Length == 0) client.socket.Options.SetRequestHeader("Authorization", $"Bearer {key ?? server.Key}");
        foreach (var name in subprotocols) client.socket.Options.AddSubProtocol(name);
        using var limit = new CancellationTokenSource(Until.Patience);
        await client.socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}/v1/audio/transcriptions/live{query}"), limit.Token);
        return client;
    }

    public static async Task<LiveClient> OpenOverHttp2Async(EdgeServer server, string query, string? key = null)
    {
        var client = new LiveClient();
        client.socket.Options.HttpVersion = HttpVersion.Version20;
        client.socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        client.socket.Options.SetRequestHeader("Authorization", $"Bearer {key ?? server.Key}");
        using var limit = new CancellationTokenSource(Until.Patience);
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler(), disposeHandler: false);
        await client.socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}/v1/audio/transcriptions/live{query}"), invoker, limit.Token);
        return client;
    }

    public Task SendAsync(ReadOnlyMemory<byte> audio) => socket.SendAsync(audio, WebSocketMessageType.Binary, true, default).AsTask();

    public Task SendAsync(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default);

    public Task DoneAsync() => SendAsync("""{"type":"input.done"}""");

    /// <returns>The next message; null when the server closed.</returns>
    public async Task<JsonElement?> NextAsync()
    {
        using var limit = new CancellationTokenSource(Until.Patience);
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), limit.Token);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            length += part.Count;
            if (part.EndOfMessage) break;
        }

        using var message = JsonDocument.Parse(buffer.AsMemory(0, length));
        return message.RootElement.Clone();
    }

    /// <summary>All messages up to the server's close, which is answered.</summary>
    public async Task<List<JsonElement>> RestAsync()
    {
        var messages = new List<JsonElement>();
        while (await NextAsync() is { } message) messages.Add(message);
        if (socket.State == WebSocketState.CloseReceived) await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
        return messages;
    }

    public Task LeaveAsync() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);

    public void Abort() => socket.Abort();

    public void Dispose() => socket.Dispose();
}
