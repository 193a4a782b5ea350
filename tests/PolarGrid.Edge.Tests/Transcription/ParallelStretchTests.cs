using System.Collections.Concurrent;
using System.Net;
using PolarGrid.Engine.Speech;
using PolarGrid.Testing;
using PolarGrid.Testing.Speech;
using Shouldly;

namespace PolarGrid.Edge.Tests.Transcription;

/// <summary>Stretches of one recording at several engines.</summary>
public sealed class ParallelStretchTests : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> heard = new(StringComparer.Ordinal);
    private TranscriptionServer server = null!;

    public async Task InitializeAsync()
    {
        server = await TranscriptionServer.StartAsync(engines: 2);

        // The second engine is made when first wanted.
        using var both = await server.TranscribeAsync("a|b");
        await Until.TrueAsync(() => server.Engine.Made == 2);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData("text", "one two three four\n")]
    [InlineData("srt", null)]
    public async Task Stretches_are_heard_beside_each_other_and_come_in_order(string format, string? expected)
    {
        server.Engine.Result = piece => Hear(piece, piece.Text == "one" ? "two" : null);

        using var response = await server.TranscribeAsync("one|two|three|four", ("response_format", format));

        var text = await response.Content.ReadAsStringAsync();
        if (expected is not null) text.ShouldBe(expected);
        string[] words = ["one", "two", "three", "four"];
        words.Select(word => text.IndexOf(word, StringComparison.Ordinal)).ShouldBeInOrder();
        words.ShouldAllBe(word => text.Contains(word, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_tells_a_later_stretch_only_behind_the_earlier()
    {
        server.Engine.Result = piece => Hear(piece, piece.Text == "one" ? "three" : null);

        using var response = await server.TranscribeAsync("one|two|three", ("stream", "true"));
        var events = await response.Content.ReadAsStringAsync();

        string[] deltas = ["\"delta\":\"one\"", "\"delta\":\" two\"", "\"delta\":\" three\""];
        deltas.Select(delta => events.IndexOf(delta, StringComparison.Ordinal)).ShouldBeInOrder();
        deltas.ShouldAllBe(delta => events.Contains(delta, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_came_meanwhile_is_heard_before_the_next_stretch()
    {
        var order = new ConcurrentQueue<string>();
        using var go = new SemaphoreSlim(0);
        server.Engine.Result = piece =>
        {
            order.Enqueue(piece.Text);
            go.Wait(Until.Patience).ShouldBeTrue();
            return piece;
        };
        var many = server.TranscribeAsync("one|two|three|four");
        await Until.TrueAsync(() => order.Count == 2);
        var other = server.TranscribeAsync("other");
        await Until.TrueAsync(() => server.Speech.Transcribers[0].Engines.Requests == 2);
        await Until.TrueAsync(() => server.Speech.Transcribers[0].Engines.Waiting == 1);

        go.Release();
        await Until.TrueAsync(() => order.Count == 3);
        order.ShouldContain("other");
        order.ShouldNotContain("three");
        go.Release(10);

        using var heardOther = await other;
        using var heardMany = await many;
        (await heardMany.Content.ReadAsStringAsync()).ShouldContain("one two three four");
    }

    [Fact]
    public async Task A_caller_who_leaves_frees_every_engine()
    {
        using var go = new SemaphoreSlim(0);
        server.Engine.OnChunk = () => go.Wait(TimeSpan.FromMilliseconds(20));
        using var leaving = new CancellationTokenSource();
        var form = TranscriptionServer.Form(Tones.Wav("many words to hear|and many more of them|and some"));
        var asking = server.PostAsync("/v1/audio/transcriptions", form, null, leaving.Token);
        await Until.TrueAsync(() => server.Engine.Open == 2);

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await asking);
        await Until.TrueAsync(() => server.Engine.Open == 0 && server.Speech.Transcribers[0].Engines.Requests == 0);

        server.Engine.OnChunk = null;
        using var next = await server.TranscribeAsync("next|one", ("response_format", "text"));
        (await next.Content.ReadAsStringAsync()).ShouldBe("next one\n");
    }

    [Fact]
    public async Task A_stretch_that_fails_ends_the_others()
    {
        var failed = new SpeechError(SpeechStage.Compute, SpeechErrorCode.EngineFailed, "broken");
        server.Engine.Result = piece => piece.Text == "one" ? TranscribedPiece.Failed(failed) : piece;

        using var response = await server.TranscribeAsync("one|many words that take a while to be heard|three");

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        server.Engine.Open.ShouldBe(0);
        await Until.TrueAsync(() => server.Speech.Transcribers[0].Engines.Requests == 0);
    }

    /// <summary>Hears a piece once another has been heard.</summary>
    private TranscribedPiece Hear(TranscribedPiece piece, string? after)
    {
        if (after is not null) Heard(after).Task.Wait(Until.Patience).ShouldBeTrue();
        Heard(piece.Text).TrySetResult();
        return piece;
    }

    private TaskCompletionSource Heard(string text) => heard.GetOrAdd(text, _ => new TaskCompletionSource());
}
