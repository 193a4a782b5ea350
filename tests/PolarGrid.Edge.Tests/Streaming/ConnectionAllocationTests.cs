using System.Net.Sockets;
using System.Text;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Streaming;

/// <summary>The whole path of a token, from the engine's stream through the web server to a socket.</summary>
[Collection(nameof(ConnectionAllocationTests))]
[CollectionDefinition(nameof(ConnectionAllocationTests), DisableParallelization = true)]
public sealed class ConnectionAllocationTests
{
    private const int Tokens = 5_000;

    [Fact]
    public async Task Token_on_its_way_to_a_socket_allocates_nothing()
    {
        var engine = new SteadyEngine();
        await using var server = await EdgeServer.StartAsync();
        server.Models.Register(engine);
        await StreamAsync(server, Tokens * 4);
        await StreamAsync(server, Tokens);

        var few = await MeasureAsync(server, Tokens);
        var many = await MeasureAsync(server, Tokens * 5);

        var each = (many - few) / (double)(Tokens * 4);
        each.ShouldBeLessThan(1, $"{few} bytes for {Tokens} tokens, {many} for {Tokens * 5}");
    }

    private static async Task<long> MeasureAsync(EdgeServer server, int tokens)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await StreamAsync(server, tokens);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    /// <summary>Reads with a blocking socket into one buffer, so that the client adds nothing to the count.</summary>
    private static Task StreamAsync(EdgeServer server, int tokens) => Task.Factory.StartNew(
        () =>
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(server.Address.Host, server.Address.Port);
            var body = $"{{\"model\":\"steady\",\"stream\":true,\"max_tokens\":{tokens},\"messages\":[{{\"role\":\"user\",\"content\":\"x\"}}]}}";
            socket.Send(Encoding.UTF8.GetBytes(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nConnection: close\r\nX-PolarGrid-Profile: openai\r\n"
                + $"Content-Type: application/json\r\nAuthorization: Bearer {server.Key}\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
            var buffer = new byte[64 * 1024];
            while (socket.Receive(buffer) > 0)
            {
            }
        },
        TaskCreationOptions.LongRunning);

    /// <summary>Publishes one token at a time, the next one when the last was read.</summary>
    private sealed class SteadyEngine : ITextEngine
    {
        public ModelDescription Model { get; } = new ScriptedTextEngine("steady").Model;

        public EngineStatus Status { get; } = new(true, 0, 0, 0, 0, 0);

        public GenerationStream Submit(GenerationRequest request, CancellationToken cancellationToken)
        {
            var stream = new GenerationStream();
            new Thread(() => Play(stream, request.MaxTokens!.Value)).Start();
            return stream;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static void Play(GenerationStream stream, int tokens)
        {
            stream.Start(1, 0);
            for (var token = 0; token < tokens; token++)
            {
                stream.Write(0, " token"u8, 1);
                stream.Publish();
                Thread.SpinWait(2000);
            }

            stream.Finish(0, FinishReason.Stop, 0);
            stream.Complete();
        }
    }
}
