using System.Net.Sockets;
using System.Text;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Streaming;

/// <summary>The whole path of a token, from the engine's stream through the web server to a socket.</summary>
[Collection(RunsAlone.Name)]
public sealed class ConnectionAllocationTests
{
    private const int Tokens = 5_000;

    /// <summary>Stands once in each token, and nowhere else in a stream.</summary>
    private const byte Mark = (byte)'~';

    private readonly SteadyEngine engine = new();

    [Fact]
    public async Task Token_on_its_way_to_a_socket_allocates_nothing()
    {
        await using var server = await EdgeServer.StartAsync();
        server.Models.Register(engine);
        await StreamAsync(server, Tokens * 4);
        await StreamAsync(server, Tokens);

        // The count is the whole process's: what the runtime allocates for itself only ever adds, so the least of some rounds counts.
        var least = double.MaxValue;
        for (var round = 0; round < 5 && least >= 1; round++)
        {
            var few = await MeasureAsync(server, Tokens);
            var many = await MeasureAsync(server, Tokens * 5);
            least = Math.Min(least, (many - few) / (double)(Tokens * 4));
        }

        least.ShouldBeLessThan(1, "bytes per token");
    }

    private async Task<long> MeasureAsync(EdgeServer server, int tokens)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await StreamAsync(server, tokens);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    /// <summary>Reads with a blocking socket into one buffer, so that the client adds nothing to the count.</summary>
    private Task StreamAsync(EdgeServer server, int tokens) => Task.Factory.StartNew(
        () =>
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(server.Address.Host, server.Address.Port);
            var body = $"{{\"model\":\"steady\",\"stream\":true,\"max_tokens\":{tokens},\"messages\":[{{\"role\":\"user\",\"content\":\"x\"}}]}}";
            engine.Received = 0;
            socket.Send(Encoding.UTF8.GetBytes(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nConnection: close\r\nX-PolarGrid-Profile: openai\r\n"
                + $"Content-Type: application/json\r\nAuthorization: Bearer {server.Key}\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
            var buffer = new byte[64 * 1024];
            for (int got; (got = socket.Receive(buffer)) > 0;) engine.Received += buffer.AsSpan(0, got).Count(Mark);
        },
        TaskCreationOptions.LongRunning);

    /// <summary>Publishes a token when the client has the one before: a backlog would grow the stream's buffers.</summary>
    private sealed class SteadyEngine : ITextEngine
    {
        private long received;

        public long Received
        {
            get => Volatile.Read(ref received);
            set => Volatile.Write(ref received, value);
        }

        public ModelDescription Model { get; } = new ScriptedTextEngine("steady").Model;

        public EngineStatus Status { get; } = new(true, 0, 0, 0, 0, 0);

        public GenerationStream Submit(GenerationRequest request, CancellationToken cancellationToken)
        {
            var stream = new GenerationStream();
            new Thread(() => Play(stream, request.MaxTokens!.Value)).Start();
            return stream;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private void Play(GenerationStream stream, int tokens)
        {
            stream.Start(1, 0);
            for (var token = 0; token < tokens; token++)
            {
                stream.Write(0, "tok~n"u8, 1);
                stream.Publish();
                while (Received < token) Thread.Yield();
            }

            stream.Finish(0, FinishReason.Stop, 0);
            stream.Complete();
        }
    }
}
