using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Speech;

public sealed class SpeechLeavingTests
{
    [Theory]
    [InlineData("\"stream\":true")]
    [InlineData("\"stream\":false")]
    [InlineData("\"stream_format\":\"sse\"")]
    public async Task Caller_who_leaves_frees_the_engine_at_the_next_chunk(string stream)
    {
        await using var server = await SpeechServer.StartAsync();
        using var never = new ManualResetEventSlim();
        server.Voices.BeforeChunk = (_, _) => never.Wait(2);
        var text = string.Concat(Enumerable.Repeat("A long sentence that has hardly an end to it, and another one behind it. ", 50));

        var socket = await server.ConnectAsync(SpeechServer.Body(text, stream));
        await Until.TrueAsync(() => server.Voices.Chunks > 5);
        socket.Dispose();
        await Until.TrueAsync(() => server.Pool.Requests == 0);

        server.Voices.Stopped.ShouldBe(1);
        server.Voices.Running.ShouldBe(0);
        server.Voices.Chunks.ShouldBeLessThan(3000);
        server.Voices.BeforeChunk = null;
        using var next = await server.SpeakAsync("Hi");
        next.EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Caller_who_leaves_while_waiting_never_reaches_the_engine()
    {
        await using var server = await SpeechServer.StartAsync();
        using var release = new ManualResetEventSlim();
        server.Voices.BeforeChunk = (_, _) => release.Wait(Until.Patience);
        var first = server.SpeakAsync("First.");
        await Until.TrueAsync(() => server.Voices.Running == 1);

        var socket = await server.ConnectAsync(SpeechServer.Body("Second."));
        await Until.TrueAsync(() => server.Pool.Requests == 2);
        socket.Dispose();
        await Until.TrueAsync(() => server.Pool.Requests == 1);
        release.Set();

        (await first).EnsureSuccessStatusCode();
        server.Voices.Pieces.Select(piece => piece.Text).ShouldBe(["First."]);
    }

    [Fact]
    public async Task Engine_does_not_wait_for_a_reader_who_does_not_read_nor_run_far_ahead_of_him()
    {
        await using var server = await SpeechServer.StartAsync(
            new ScriptedVoices { SamplesPerCharacter = 16_000 },
            configure: options =>
            {
                options.Speech.MaxSecondsAhead = 10;
                options.Limits.SlowReaderGraceSeconds = 600;
            });
        var text = string.Concat(Enumerable.Range(0, 300).Select(part => $"Part {part % 10} here. "));

        // An hour of audio, three minutes in each piece; the socket's buffers take some, then the server's own, then the pieces wait.
        using var socket = await server.ConnectAsync(SpeechServer.Body(text, "\"response_format\":\"pcm\""), receiveBuffer: 4096);
        await Until.TrueAsync(async () => server.Voices.Pieces.Count >= 2 && !await IsMovingAsync(server));
        server.Voices.Pieces.Count.ShouldBeLessThan(8);

        using var other = await server.SpeakAsync("Hi.", "\"stream\":false");
        other.EnsureSuccessStatusCode();
    }

    /// <summary>Whether more is spoken within the time that a sentence takes many times over.</summary>
    private static async Task<bool> IsMovingAsync(SpeechServer server)
    {
        var before = server.Voices.Chunks;
        await Task.Delay(300);
        return server.Voices.Chunks != before;
    }
}
