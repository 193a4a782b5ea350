using System.Net.WebSockets;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine.Speech;
using PolarGrid.Testing;
using PolarGrid.Testing.Speech;
using Shouldly;

namespace PolarGrid.Edge.Tests.Transcription.Live;

/// <summary>Ends of a session other than the one that was asked for.</summary>
public sealed class LiveEndTests : LiveTests
{
    [Fact]
    public async Task The_session_limit_by_audio_answers_what_was_heard_and_closes_with_1008()
    {
        await using var brief = await TranscriptionServer.StartAsync(options => options.Transcription.MaxLiveSeconds = 1.5);
        using var client = await LiveClient.OpenAsync(brief.Edge, "?model=tones");
        await client.SendAsync(Tones.Pcm(Tones.Say("hello")));
        await client.SendAsync(new byte[32_000]);
        var messages = await client.RestAsync();

        Texts(messages, "done").ShouldBe(["hello"]);
        client.CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
        client.CloseReason.ShouldBe("the session limit is reached");
    }

    [Fact]
    public async Task The_session_limit_by_the_clock_ends_it_too()
    {
        using var client = await OpenAsync();
        await client.NextAsync();
        await SendAsync(client, "hello|");
        while (TypeOf((await client.NextAsync())!.Value) != "transcript.text.final")
        {
        }

        // Not a second more: the time that a session has for its closing words begins now.
        Time.Advance(TimeSpan.FromSeconds(120));

        Texts(await client.RestAsync(), "done").ShouldBe(["hello"]);
        client.CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
    }

    [Fact]
    public async Task The_clock_ends_a_session_that_waits_for_an_engine()
    {
        Server.Speech.Transcribers[0].Engines.TryEnter(out var ticket).ShouldBeNull();
        using (ticket)
        using (await ticket!.RentAsync(default))
        {
            using var client = await OpenAsync();
            await SendAsync(client, "hello|");
            var rest = client.RestAsync();
            await Until.TrueAsync(() =>
            {
                Time.Advance(TimeSpan.FromSeconds(1));
                return rest.IsCompleted;
            });

            Texts(await rest, "done").ShouldBe([""]);
            client.CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
        }
    }

    [Fact]
    public async Task An_engine_is_free_before_the_client_answers_the_closing_frame()
    {
        using var client = await OpenAsync();
        var bytes = Tones.Pcm(Tones.Say("hello"));
        await client.SendAsync(bytes.AsMemory(0, bytes.Length / 4 * 2));
        await Until.TrueAsync(() => Server.Engine.Open == 1);
        await client.SendAsync("nonsense");

        await Until.TrueAsync(() => Server.Engine.Open == 0);
    }

    [Theory]
    [InlineData("nonsense", "close_1003")]
    [InlineData(null, "close_1009")]
    public async Task A_session_that_ends_badly_is_counted_as_an_error(string? text, string code)
    {
        using var client = await OpenAsync();
        if (text is null) await client.SendAsync(new byte[300_000]);
        else await client.SendAsync(text);
        await client.RestAsync();

        await Until.TrueAsync(async () => (await Server.Client.GetStringAsync("/metrics")).Contains($"_errors_total{{code=\"{code}\"}} 1\n"));
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("{\"type\":\"other\"}")]
    [InlineData("[1]")]
    [InlineData("{\"type\":")]
    [InlineData("{\"type\":\"\\ud800\"}")]
    public async Task An_unknown_message_closes_with_1003(string text)
    {
        using var client = await OpenAsync();
        await client.SendAsync(text);
        var messages = await client.RestAsync();

        TypeOf(messages[^1]).ShouldBe("error");
        client.CloseStatus.ShouldBe(WebSocketCloseStatus.InvalidMessageType);
    }

    [Fact]
    public async Task Half_a_sample_at_the_end_closes_with_1007()
    {
        using var client = await OpenAsync();
        await client.SendAsync(new byte[3]);
        await client.DoneAsync();
        await client.RestAsync();

        client.CloseStatus.ShouldBe(WebSocketCloseStatus.InvalidPayloadData);
    }

    [Fact]
    public async Task A_message_that_is_too_big_closes_with_1009()
    {
        using var client = await OpenAsync();
        await client.SendAsync(new byte[300_000]);
        await client.RestAsync();

        client.CloseStatus.ShouldBe(WebSocketCloseStatus.MessageTooBig);
    }

    [Fact]
    public async Task A_recogniser_that_fails_or_throws_closes_with_1011_and_frees_everything()
    {
        Server.Engine.Result = _ => TranscribedPiece.Failed(new SpeechError(SpeechStage.Compute, SpeechErrorCode.EngineFailed, "secret"));
        using var failing = await OpenAsync();
        await SendAsync(failing, "a");
        await failing.DoneAsync();
        var failed = await failing.RestAsync();
        Server.Engine.OnChunk = () => throw new InvalidOperationException("secret");
        using var throwing = await OpenAsync();
        await SendAsync(throwing, "a");
        var thrown = await throwing.RestAsync();
        Server.Engine.OnChunk = null;
        Server.Engine.Result = piece => piece;

        failing.CloseStatus.ShouldBe(WebSocketCloseStatus.InternalServerError);
        throwing.CloseStatus.ShouldBe(WebSocketCloseStatus.InternalServerError);
        failed.Concat(thrown).ShouldAllBe(message => !message.GetRawText().Contains("secret"));
        await Until.TrueAsync(() => Server.Engine.Open == 0 && Server.Speech.Transcribers[0].Engines.Requests == 0);
        using var next = await Server.TranscribeAsync("next");
        (await next.JsonAsync()).GetProperty("text").GetString().ShouldBe("next");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_leaves_frees_the_engine(bool politely)
    {
        using var chunks = new SemaphoreSlim(0);
        Server.Engine.OnChunk = () => chunks.Release();
        using var client = await OpenAsync();
        await SendAsync(client, "a long text of words");
        (await chunks.WaitAsync(Until.Patience)).ShouldBeTrue();

        if (politely) await client.LeaveAsync();
        else client.Abort();

        await Until.TrueAsync(() => Server.Engine.Open == 0 && Server.Speech.Transcribers[0].Engines.Requests == 0);
        Server.Engine.Finished.ShouldBe(0);
    }
}
