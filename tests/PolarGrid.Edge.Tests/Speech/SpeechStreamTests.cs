using System.Net;
using System.Text.Json;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine.Speech;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Speech;

public sealed class SpeechStreamTests
{
    [Theory]
    [InlineData("pcm")]
    [InlineData("wav")]
    public async Task The_first_sentence_is_sent_while_the_next_is_still_spoken(string format)
    {
        await using var server = await SpeechServer.StartAsync();
        using var release = new ManualResetEventSlim();
        server.Voices.BeforeChunk = (piece, _) =>
        {
            if (piece.Text.StartsWith("Two", StringComparison.Ordinal)) release.Wait(Until.Patience);
        };

        using var response = await server.SpeakAsync("One is said at once. Two has to wait.", $"\"response_format\":\"{format}\",\"stream\":true");
        await using var body = await response.Content.ReadAsStreamAsync();
        var first = new byte[4000];
        await body.ReadExactlyAsync(first);
        await Until.TrueAsync(() => server.Voices.Running == 1);
        release.Set();

        using var rest = new MemoryStream();
        await body.CopyToAsync(rest);
        rest.Length.ShouldBeGreaterThan(4000);
    }

    [Fact]
    public async Task Events_hold_the_audio_and_end_with_what_was_used()
    {
        await using var server = await SpeechServer.StartAsync();

        using var whole = await server.SpeakAsync("Hello. There.", "\"response_format\":\"pcm\"");
        using var response = await server.SpeakAsync("Hello. There.", "\"response_format\":\"pcm\",\"stream_format\":\"sse\"");
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream");
        var events = (await response.EventsAsync()).Select(data => JsonSerializer.Deserialize(data, Json.Default.JsonElement)).ToList();

        events[..^1].ShouldAllBe(item => item.GetProperty("type").GetString() == "speech.audio.delta");
        var audio = events[..^1].SelectMany(item => Convert.FromBase64String(item.GetProperty("audio").GetString()!)).ToArray();
        audio.ShouldBe(await whole.Content.ReadAsByteArrayAsync());
        events[^1].GetProperty("type").GetString().ShouldBe("speech.audio.done");
        var usage = events[^1].GetProperty("usage");
        usage.GetProperty("input_tokens").GetInt32().ShouldBe(13);
        usage.GetProperty("output_tokens").GetInt32().ShouldBe((int)Math.Ceiling(usage.GetProperty("seconds").GetDouble() * 20));
        usage.GetProperty("total_tokens").GetInt32().ShouldBe(13 + usage.GetProperty("output_tokens").GetInt32());
    }

    [Theory]
    [InlineData(320)]
    [InlineData(323)]
    public async Task The_pieces_of_events_decode_joined_as_well_as_one_by_one(int samplesPerCharacter)
    {
        await using var server = await SpeechServer.StartAsync(new ScriptedVoices { SamplesPerCharacter = samplesPerCharacter });
        using var gathered = new ManualResetEventSlim();
        server.Voices.BeforeChunk = (_, _) => gathered.Wait(12);

        using var response = await server.SpeakAsync("Hello. There it goes.", "\"response_format\":\"pcm\",\"stream_format\":\"sse\"");
        using var whole = await server.SpeakAsync("Hello. There it goes.", "\"response_format\":\"pcm\"");
        var pieces = (await response.EventsAsync())[..^1].Select(data => JsonSerializer.Deserialize(data, Json.Default.JsonElement).GetProperty("audio").GetString()!).ToArray();

        pieces.Length.ShouldBeGreaterThan(3);
        Convert.FromBase64String(string.Concat(pieces)).ShouldBe(await whole.Content.ReadAsByteArrayAsync());
        pieces[..^1].ShouldAllBe(piece => !piece.Contains('='));
    }

    [Fact]
    public async Task A_break_in_the_middle_ends_events_with_an_error_and_nothing_else()
    {
        await using var server = await SpeechServer.StartAsync();
        server.Voices.Outcome = FailsAtTwo;

        using var response = await server.SpeakAsync("One is fine. Two is not. Three is never said.", "\"response_format\":\"pcm\",\"stream_format\":\"sse\"");
        var events = await response.EventsAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        events.Count(data => data.Contains("speech.audio.delta", StringComparison.Ordinal)).ShouldBe(events.Count - 1);
        events[^1].ShouldContain("\"code\":\"speech_engine_failed\"");
        server.Voices.Pieces.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_defect_in_the_middle_ends_events_with_an_error_too()
    {
        await using var server = await SpeechServer.StartAsync();
        server.Voices.Outcome = piece => piece.Text.StartsWith("Two", StringComparison.Ordinal) ? throw new InvalidOperationException("secret") : null;

        using var response = await server.SpeakAsync("One is fine. Two is not.", "\"response_format\":\"pcm\",\"stream_format\":\"sse\"");
        var text = await response.Content.ReadAsStringAsync();

        text.ShouldEndWith("\"code\":\"speech_engine_failed\"}}\n\n");
        text.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_break_in_the_middle_cuts_the_connection_of_bare_audio()
    {
        await using var server = await SpeechServer.StartAsync();
        server.Voices.Outcome = FailsAtTwo;
        using var release = new ManualResetEventSlim();
        server.Voices.BeforeChunk = (piece, _) =>
        {
            if (piece.Text.StartsWith("Two", StringComparison.Ordinal)) release.Wait(Until.Patience);
        };

        using var response = await server.SpeakAsync("One is fine. Two is not.", "\"response_format\":\"pcm\"");
        release.Set();

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Should.ThrowAsync<HttpRequestException>(() => response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Events_stay_open_while_the_model_is_busy()
    {
        var time = new FakeTimeProvider();
        await using var server = await SpeechServer.StartAsync(time: time);
        using var release = new ManualResetEventSlim();
        server.Voices.BeforeChunk = (_, _) => release.Wait(Until.Patience);

        var sending = server.SpeakAsync("Hello.", "\"response_format\":\"pcm\",\"stream_format\":\"sse\"");
        await Until.TrueAsync(() =>
        {
            if (server.Voices.Running == 1) time.Advance(TimeSpan.FromSeconds(10));
            return sending.IsCompleted;
        });
        using var response = await sending;
        release.Set();

        (await response.Content.ReadAsStringAsync()).ShouldStartWith(": keep-alive\n\n");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Audio_that_is_longer_than_allowed_is_refused_with_the_way_out()
    {
        await using var server = await SpeechServer.StartAsync(configure: options => options.Speech.MaxSeconds = 1);

        using var response = await server.SpeakAsync(new string('a', 60), "\"stream\":false");
        using var shorter = await server.SpeakAsync(new string('a', 60), "\"stream\":false,\"speed\":2");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.ErrorAsync()).GetProperty("message").GetString()!.ShouldContain("1 seconds");
        shorter.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_voice_that_makes_no_sound_is_an_error_and_not_an_empty_file()
    {
        await using var server = await SpeechServer.StartAsync(new ScriptedVoices { SamplesPerCharacter = 0 });

        using var response = await server.SpeakAsync("Hi");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.ErrorAsync()).GetProperty("param").GetString().ShouldBe("input");
    }

    [Fact]
    public async Task Sixteen_callers_at_once_each_get_the_answer_that_they_get_alone()
    {
        await using var server = await SpeechServer.StartAsync(engines: 2);
        string[] texts = [.. Enumerable.Range(0, 16).Select(caller => string.Join(' ', Enumerable.Range(0, 5).Select(part => $"Caller {caller} says part {part} of it.")))];
        string[] formats = ["pcm", "wav", "mp3", "flac"];
        var alone = new byte[texts.Length][];
        for (var caller = 0; caller < texts.Length; caller++) alone[caller] = await AnswerAsync(caller);

        using var never = new ManualResetEventSlim();
        server.Voices.BeforeChunk = (_, chunk) => never.Wait(chunk == 0 ? 2 : 0);
        var together = await Task.WhenAll(Enumerable.Range(0, texts.Length).Select(AnswerAsync));

        for (var caller = 0; caller < texts.Length; caller++) together[caller].AsSpan().SequenceEqual(alone[caller]).ShouldBeTrue($"caller {caller}");
        server.Voices.MostRunning.ShouldBe(2);
        await Until.TrueAsync(() => server.Pool.Requests == 0);

        async Task<byte[]> AnswerAsync(int caller)
        {
            using var response = await server.SpeakAsync(texts[caller], $"\"response_format\":\"{formats[caller % formats.Length]}\"");
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadAsByteArrayAsync();
        }
    }

    [Fact]
    public async Task A_short_request_does_not_wait_for_all_of_a_long_one()
    {
        await using var server = await SpeechServer.StartAsync();
        using var step = new SemaphoreSlim(0);
        server.Voices.BeforeChunk = (piece, chunk) =>
        {
            if (chunk == 0 && piece.Text.StartsWith("Long", StringComparison.Ordinal)) step.Wait(Until.Patience);
        };
        var slow = server.SpeakAsync(string.Concat(Enumerable.Range(0, 20).Select(part => $"Long part {part} of it. ")), "\"stream\":false");
        await Until.TrueAsync(() => server.Voices.Running == 1);
        var quick = server.SpeakAsync("Short.", "\"stream\":false");
        await Until.TrueAsync(() => server.Pool.Requests == 2);
        step.Release(2);

        using var answer = await quick;
        answer.EnsureSuccessStatusCode();
        slow.IsCompleted.ShouldBeFalse();
        step.Release(50);
        (await slow).EnsureSuccessStatusCode();
    }

    private static SpeechError? FailsAtTwo(SpokenPiece piece) =>
        piece.Text.StartsWith("Two", StringComparison.Ordinal) ? new SpeechError(SpeechStage.Compute, SpeechErrorCode.EngineFailed, "No.") : null;
}

/// <summary>Reads events; reflection is off here as in the shipped program.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(JsonElement))]
internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;
