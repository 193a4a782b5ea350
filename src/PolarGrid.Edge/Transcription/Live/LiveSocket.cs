using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PolarGrid.Edge.Transcription.Live;

/// <summary>One WebSocket with bounds: on the size of what comes, and on the time that a client may take to read or to answer a close.</summary>
/// <remarks>One receiver and one sender at a time.</remarks>
internal sealed class LiveSocket(WebSocket socket, TimeProvider time)
{
    public const int LargestMessage = 256 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly byte[] buffer = new byte[LargestMessage + 1];

    /// <returns>Null when the client closed or went away.</returns>
    public async Task<LiveInput?> ReceiveAsync()
    {
        try
        {
            var length = 0;
            while (true)
            {
                // Without a token: one that fires would cut the connection, and the last words could not be said.
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close) return null;
                length += part.Count;
                if (length > LargestMessage) return new LiveInput(default, LiveClose.TooBig);
                if (!part.EndOfMessage) continue;
                return part.MessageType == WebSocketMessageType.Binary ? new LiveInput(buffer.AsSpan(0, length).ToArray()) : Command(buffer.AsMemory(0, length));
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            return null;
        }
    }

    /// <exception cref="OperationCanceledException">The client reads too slowly.</exception>
    /// <exception cref="WebSocketException">It is gone.</exception>
    public async Task SendAsync<T>(T message, JsonTypeInfo<T> type)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message, type), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
    }

    /// <summary>Closes our side and waits a while for the client's.</summary>
    /// <param name="close">Code and reason.</param>
    /// <param name="received">Ends when the client has closed.</param>
    public async Task CloseAsync(LiveClose close, Task received)
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                using var limit = new CancellationTokenSource(Patience, time);
                await socket.CloseOutputAsync(close.Status, close.Reason, limit.Token);
                await received.WaitAsync(Patience, time, CancellationToken.None);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or TimeoutException or ObjectDisposedException or IOException)
        {
            // Nobody is left to be told.
        }
        finally
        {
            if (!received.IsCompleted) socket.Abort();
        }
    }

    private static LiveInput Command(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var message = JsonDocument.Parse(text);
            if (message.RootElement.ValueKind == JsonValueKind.Object
                && message.RootElement.TryGetProperty("type"u8, out var type)
                && type.ValueKind == JsonValueKind.String && type.ValueEquals("input.done"u8)) return LiveInput.Done;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The answer is the same as to a message that nobody knows.
        }

        return new LiveInput(default, LiveClose.UnknownMessage);
    }
}
