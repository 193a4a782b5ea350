using System.Net.Sockets;
using System.Text;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Streaming;

public sealed class DisconnectTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TaskCompletionSource never = new();

    [Theory]
    [InlineData("\"stream\":true")]
    [InlineData("\"stream\":false")]
    public async Task Caller_who_leaves_cancels_the_engine(string stream)
    {
        await using var server = await EdgeServer.StartAsync();
        server.Engine.Script = _ => [new ScriptStep.Start(), new ScriptStep.Say("a"), new ScriptStep.Wait(never.Task), new ScriptStep.Say("b")];

        var socket = await SendAsync(server, stream);
        await UntilAsync(() => server.Engine.Calls.Count == 1);
        socket.Dispose();

        var call = server.Engine.LastCall;
        await call.Cancelled.WaitAsync(Patience);
        await call.Playing.WaitAsync(Patience);
    }

    [Fact]
    public async Task Caller_who_leaves_while_waiting_for_the_first_event_cancels_too()
    {
        await using var server = await EdgeServer.StartAsync();
        server.Engine.Script = _ => [new ScriptStep.Wait(never.Task)];

        var socket = await SendAsync(server, "\"stream\":true");
        await UntilAsync(() => server.Engine.Calls.Count == 1);
        socket.Dispose();

        await server.Engine.LastCall.Cancelled.WaitAsync(Patience);
    }

    [Fact]
    public async Task Reader_who_stops_reading_is_cut_and_holds_little_memory()
    {
        await using var server = await EdgeServer.StartAsync(options =>
        {
            options.Limits.SlowReaderGraceSeconds = 1;
            options.Limits.MinReadBytesPerSecond = 1_000_000;
        });
        var piece = new string('x', 1000);
        server.Engine.Script = _ =>
        [
            new ScriptStep.Start(), .. Enumerable.Range(0, 20_000).Select(_ => new ScriptStep.Say(piece)), new ScriptStep.Wait(never.Task),
        ];

        // 20 MB are on their way to a socket that never reads: its buffers fill, then the server's bound, then the writer waits.
        using var socket = await SendAsync(server, "\"stream\":true", receiveBuffer: 4096);

        await UntilAsync(() => server.Engine.Calls.Count == 1);
        await server.Engine.LastCall.Cancelled.WaitAsync(Patience);
    }

    private static async Task<Socket> SendAsync(EdgeServer server, string field, int? receiveBuffer = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        if (receiveBuffer is { } bytes) socket.ReceiveBufferSize = bytes;
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        var body = EdgeServer.ChatBody(field);
        await socket.SendAsync(Encoding.UTF8.GetBytes(
            "POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
            + $"Authorization: Bearer {server.Key}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
        return socket;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition()) await Task.Delay(5, limit.Token);
    }
}
