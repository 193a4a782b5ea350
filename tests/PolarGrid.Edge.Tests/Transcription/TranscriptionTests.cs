using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Edge.Transcription.Listening;
using PolarGrid.Engine.Speech;
using PolarGrid.Testing;
using PolarGrid.Testing.Speech;
using Shouldly;

namespace PolarGrid.Edge.Tests.Transcription;

public sealed class TranscriptionTests : IAsyncLifetime
{
    private TranscriptionServer server = null!;

    public async Task InitializeAsync() => server = await TranscriptionServer.StartAsync(time: new FakeTimeProvider());

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Json_is_the_usual_answer()
    {
        using var response = await server.TranscribeAsync("good morning|everyone", ("model", "whisper-1"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("x-polargrid-model").ShouldBe(["tones"]);
        (await response.Content.ReadAsStringAsync()).ShouldBe("""{"text":"good morning everyone","usage":{"type":"duration","seconds":3.87}}""");
    }

    [Fact]
    public async Task Text_is_text()
    {
        using var response = await server.TranscribeAsync("hello world", ("response_format", "text"));

        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        (await response.Content.ReadAsStringAsync()).ShouldBe("hello world\n");
    }

    [Fact]
    public async Task Srt_has_numbers_from_1_and_times_of_the_words()
    {
        using var response = await server.TranscribeAsync("one|two", ("response_format", "srt"));

        (await response.Content.ReadAsStringAsync()).ShouldBe(
            "1\n00:00:00,400 --> 00:00:00,710\none\n\n2\n00:00:01,630 --> 00:00:01,940\ntwo\n\n");
    }

    [Fact]
    public async Task Vtt_begins_with_its_name()
    {
        using var response = await server.TranscribeAsync("one", ("response_format", "vtt"));

        (await response.Content.ReadAsStringAsync()).ShouldBe("WEBVTT\n\n00:00:00.400 --> 00:00:00.710\none\n\n");
    }

    [Fact]
    public async Task Verbose_json_has_segments_and_no_words_unless_asked()
    {
        using var response = await server.TranscribeAsync("one|two", ("response_format", "verbose_json"));
        var answer = await response.JsonAsync();

        answer.GetProperty("task").GetString().ShouldBe("transcribe");
        answer.GetProperty("language").GetString().ShouldBe("english");
        answer.GetProperty("duration").GetDouble().ShouldBe(2.36);
        answer.TryGetProperty("words", out _).ShouldBeFalse();
        answer.GetProperty("segments").EnumerateArray().Select(segment => segment.GetProperty("text").GetString()).ShouldBe(["one", "two"]);
        var second = answer.GetProperty("segments")[1];
        second.GetProperty("id").GetInt32().ShouldBe(1);
        second.GetProperty("start").GetDouble().ShouldBe(1.63, 0.011);
        second.GetProperty("end").GetDouble().ShouldBe(1.94, 0.011);
        second.GetProperty("temperature").GetDouble().ShouldBe(0);
        second.GetProperty("tokens").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("timestamp_granularities[]")]
    [InlineData("timestamp_granularities")]
    public async Task Words_have_times_of_the_file(string name)
    {
        using var response = await server.TranscribeAsync("ab cd|ef", ("response_format", "verbose_json"), (name, "word"));
        var answer = await response.JsonAsync();

        answer.TryGetProperty("segments", out _).ShouldBeFalse();
        var words = answer.GetProperty("words").EnumerateArray().ToList();
        words.Select(word => word.GetProperty("word").GetString()).ShouldBe(["ab", "cd", "ef"]);
        words.Select(word => word.GetProperty("start").GetDouble()).ShouldBe([0.4, 0.7, 1.82], 0.011);
    }

    [Fact]
    public async Task Both_granularities_can_be_asked_for()
    {
        using var response = await server.TranscribeAsync(
            "ab", ("response_format", "verbose_json"), ("timestamp_granularities[]", "word"), ("timestamp_granularities[]", "segment"));
        var answer = await response.JsonAsync();

        answer.GetProperty("words").GetArrayLength().ShouldBe(1);
        answer.GetProperty("segments").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Silence_gives_an_empty_text_and_asks_no_engine()
    {
        using var response = await server.SendAsync(Tones.Wav(new float[32_000]));

        (await response.JsonAsync()).GetProperty("text").GetString().ShouldBe("");
        server.Engine.Begun.ShouldBeEmpty();
    }

    [Fact]
    public async Task Fields_reach_the_engine()
    {
        server.Engine.Model = server.Engine.Model with { Id = "clever", Languages = ["en", "de"], TakesPrompt = true, TakesTemperature = true };
        var pool = server.Engine.Pool();
        await using (pool)
        {
            server.Speech.Register(server.Engine.Model, pool);
            using var response = await server.TranscribeAsync("a", ("model", "clever"), ("language", "de"), ("prompt", "Ärzte"), ("temperature", "0.5"));
            response.EnsureSuccessStatusCode();
        }

        server.Engine.Begun.Single().ShouldBe(new TranscriptionSettings("de", "Ärzte", 0.5f));
    }

    [Fact]
    public async Task A_hint_that_the_model_cannot_use_is_named_in_a_header()
    {
        using var response = await server.TranscribeAsync("a", ("prompt", "hint"), ("temperature", "0.5"));
        using var silent = await server.TranscribeAsync("a", ("prompt", " "), ("temperature", "0"));

        response.Headers.GetValues("x-polargrid-without-effect").ShouldBe(["prompt, temperature"]);
        server.Engine.Begun[0].ShouldBe(new TranscriptionSettings(null, null, 0));
        silent.Headers.Contains("x-polargrid-without-effect").ShouldBeFalse();
    }

    [Fact]
    public async Task An_empty_value_in_the_query_leaves_the_forms_value()
    {
        using var response = await server.PostAsync(
            "/v1/audio/transcriptions?response_format=&model=", TranscriptionServer.Form(Tones.Wav("a"), ("response_format", "text")));

        (await response.Content.ReadAsStringAsync()).ShouldBe("a\n");
    }

    [Fact]
    public async Task Query_wins_over_the_form()
    {
        using var response = await server.PostAsync(
            "/v1/audio/transcriptions?model=tones&response_format=text", TranscriptionServer.Form(Tones.Wav("a"), ("model", "nobody"), ("response_format", "srt")));

        (await response.Content.ReadAsStringAsync()).ShouldBe("a\n");
    }

    [Fact]
    public async Task Punctuation_can_be_forbidden()
    {
        server.Engine.Result = piece => piece with { Text = "Well, don't! It's 3.5 (almost)." };
        using var response = await server.TranscribeAsync("a", ("punctuation", "False"), ("response_format", "text"));

        (await response.Content.ReadAsStringAsync()).ShouldBe("Well don't It's 3.5 almost\n");
    }

    [Fact]
    public async Task Long_speech_is_cut_and_comes_together_again()
    {
        server.Engine.Model = server.Engine.Model with { Id = "short", MaxUtteranceSeconds = 4 };
        await using var pool = server.Engine.Pool();
        server.Speech.Register(server.Engine.Model, pool);
        var text = string.Join(' ', Enumerable.Range(0, 30).Select(index => new string((char)('a' + (index % 26)), 5)));

        using var response = await server.TranscribeAsync(text, ("model", "short"), ("response_format", "text"));

        (await response.Content.ReadAsStringAsync()).ShouldBe(text + "\n");
        server.Engine.Begun.Count.ShouldBeGreaterThan(3);
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(44_100)]
    [InlineData(96_000)]
    public async Task Other_sample_rates_are_converted(int rate)
    {
        using var response = await server.SendAsync(Tones.Wav("sample rate", rate));

        (await response.JsonAsync()).GetProperty("text").GetString().ShouldBe("sample rate");
    }

    [Fact]
    public async Task A_chunking_strategy_changes_where_speech_is_cut()
    {
        using var usual = await server.TranscribeAsync("a|b", ("response_format", "verbose_json"));
        using var patient = await server.TranscribeAsync(
            "a|b", ("response_format", "verbose_json"), ("chunking_strategy", """{"type":"server_vad","silence_duration_ms":2000}"""));
        using var members = await server.TranscribeAsync(
            "a|b", ("response_format", "verbose_json"), ("chunking_strategy[type]", "server_vad"), ("chunking_strategy[silence_duration_ms]", "2000"));

        (await usual.JsonAsync()).GetProperty("segments").GetArrayLength().ShouldBe(2);
        (await patient.JsonAsync()).GetProperty("segments").GetArrayLength().ShouldBe(1);
        (await members.JsonAsync()).GetProperty("segments").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task An_engine_that_fails_is_502_and_one_with_a_full_queue_503()
    {
        server.Engine.Result = _ => TranscribedPiece.Failed(new SpeechError(SpeechStage.Compute, SpeechErrorCode.EngineFailed, "secret"));
        using var failed = await server.TranscribeAsync("a");
        await using var full = await TranscriptionServer.StartAsync(maxRequests: 1);
        full.Speech.Transcribers[0].Engines.TryEnter(out var ticket).ShouldBeNull();
        using var refused = await full.TranscribeAsync("a");
        ticket!.Dispose();

        failed.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await failed.Content.ReadAsStringAsync()).ShouldNotContain("secret");
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_caller_who_finds_no_room_for_audio_is_told_to_come_again()
    {
        var time = new FakeTimeProvider();
        await using var full = await TranscriptionServer.StartAsync(time: time);
        var room = full.Edge.App.Services.GetRequiredService<AudioReader>().Room;
        await room.TakeAsync(3 * 3600, default);
        var asking = full.TranscribeAsync("a");
        await Until.TrueAsync(() => room.Waiting == 1);
        time.Advance(TimeSpan.FromSeconds(19));
        room.Waiting.ShouldBe(1);
        time.Advance(TimeSpan.FromSeconds(2));
        using var refused = await asking;

        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        full.Speech.Transcribers[0].Engines.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task A_caller_who_leaves_frees_the_engine_at_the_next_chunk()
    {
        using var heard = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        server.Engine.OnChunk = () =>
        {
            heard.Release();
            go.Wait(TimeSpan.FromSeconds(20)).ShouldBeTrue();
        };
        using var leaving = new CancellationTokenSource();
        var asking = server.PostAsync("/v1/audio/transcriptions", TranscriptionServer.Form(Tones.Wav("a long text of many words")), null, leaving.Token);
        (await heard.WaitAsync(Until.Patience)).ShouldBeTrue();

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await asking);
        await Until.TrueAsync(() =>
        {
            go.Release();
            return server.Engine.Open == 0;
        });

        server.Engine.Finished.ShouldBe(0);
        server.Engine.OnChunk = null;
        using var next = await server.TranscribeAsync("next");
        (await next.JsonAsync()).GetProperty("text").GetString().ShouldBe("next");
    }

    [Fact]
    public async Task Seconds_are_counted()
    {
        using var response = await server.TranscribeAsync("hello");
        var metrics = await server.Client.GetStringAsync("/metrics");

        metrics.ShouldContain("polargrid_transcription_seconds_total{model=\"tones\"} 1.3");
        metrics.ShouldContain("polargrid_transcription_real_time_factor_count{model=\"tones\"} 1");
    }
}
