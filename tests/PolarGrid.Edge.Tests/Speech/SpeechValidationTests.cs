using System.Net;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Running;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Speech;

public sealed class SpeechValidationTests : IAsyncLifetime
{
    private SpeechServer server = null!;

    public async Task InitializeAsync() => server = await SpeechServer.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData("\"input\":\"Hi\",\"voice\":\"ann\"", "model", "missing_required_parameter")]
    [InlineData("\"model\":\"test-voice\",\"voice\":\"ann\"", "input", "missing_required_parameter")]
    [InlineData("\"model\":\"test-voice\",\"input\":\"Hi\"", "voice", "missing_required_parameter")]
    [InlineData("\"model\":\"test-voice\",\"input\":\"Hi\",\"voice\":null", "voice", "missing_required_parameter")]
    [InlineData("\"model\":\"test-voice\",\"input\":\"Hi\",\"voice\":{}", "voice.id", "missing_required_parameter")]
    [InlineData("\"model\":\"test-voice\",\"input\":\"Hi\",\"voice\":{\"id\":5}", "voice.id", "invalid_type")]
    public async Task Required_field_that_is_absent_is_named(string fields, string param, string code) => await ShouldRefuseAsync($"{{{fields}}}", param, code);

    [Theory]
    [InlineData("\"\"", "invalid_value")]
    [InlineData("\" \\n\\t\"", "invalid_value")]
    [InlineData("5", "invalid_type")]
    [InlineData("[\"Hi\"]", "invalid_type")]
    [InlineData("\"\\ud800\"", "invalid_value")]
    [InlineData("\"\\u0001\\u0002\"", "invalid_value")]
    [InlineData("\"... !\"", "invalid_value")]
    public async Task Input_without_anything_to_say_is_refused(string input, string code) =>
        await ShouldRefuseAsync($"{{\"model\":\"test-voice\",\"voice\":\"ann\",\"input\":{input}}}", "input", code);

    [Theory]
    [InlineData("\"speed\":0.24", "speed", "decimal_below_min_value")]
    [InlineData("\"speed\":4.01", "speed", "decimal_above_max_value")]
    [InlineData("\"speed\":\"1\"", "speed", "invalid_type")]
    [InlineData("\"speed\":1e999", "speed", "decimal_above_max_value")]
    [InlineData("\"response_format\":\"ogg\"", "response_format", "invalid_value")]
    [InlineData("\"response_format\":1", "response_format", "invalid_type")]
    [InlineData("\"stream\":\"true\"", "stream", "invalid_type")]
    [InlineData("\"stream_format\":\"json\"", "stream_format", "invalid_value")]
    [InlineData("\"stream\":false,\"stream_format\":\"sse\"", "stream_format", "invalid_value")]
    [InlineData("\"instructions\":\"Whisper.\"", "instructions", "unsupported_parameter")]
    [InlineData("\"voice_transcript\":\"abc\"", "voice_transcript", "unsupported_parameter")]
    [InlineData("\"language\":\"fr\"", "language", "invalid_value")]
    [InlineData("\"language\":\"de\"", "language", "invalid_value")]
    [InlineData("\"language\":\"\"", "language", "invalid_value")]
    [InlineData("\"language\":\"e n\"", "language", "invalid_value")]
    [InlineData("\"voice\":\"nobody\"", "voice", "invalid_value")]
    [InlineData("\"voice\":\" \"", "voice", "invalid_value")]
    [InlineData("\"voice\":7", "voice", "invalid_type")]
    [InlineData("\"voice\":\"https://example.org/a.wav\"", "voice", "invalid_value")]
    public async Task Bad_field_is_refused_by_name(string field, string param, string code) =>
        await ShouldRefuseAsync(field.StartsWith("\"voice\"", StringComparison.Ordinal)
            ? $"{{\"model\":\"test-voice\",\"input\":\"Hi\",{field}}}" : SpeechServer.Body("Hi", field), param, code);

    [Fact]
    public async Task Input_has_at_most_4096_characters_however_they_are_coded()
    {
        using var most = await server.SpeakAsync(string.Concat(Enumerable.Repeat("🙂", 4095)) + "a", "\"response_format\":\"pcm\"");
        using var more = await server.SpeakAsync(new string('a', 4097));
        using var longest = await server.SpeakAsync(new string('a', 4096), "\"response_format\":\"pcm\",\"speed\":4");

        most.StatusCode.ShouldBe(HttpStatusCode.OK);
        longest.StatusCode.ShouldBe(HttpStatusCode.OK);
        more.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await more.ErrorAsync()).GetProperty("code").GetString().ShouldBe("string_above_max_length");
        (await more.ErrorAsync()).GetProperty("message").GetString()!.ShouldContain("4097");
    }

    [Fact]
    public async Task Unknown_voice_is_answered_with_those_that_there_are()
    {
        using var response = await server.SpeakAsync("Hi", voice: "nobody");

        var message = (await response.ErrorAsync()).GetProperty("message").GetString()!;
        message.ShouldContain("'nobody'");
        message.ShouldContain("ann, bob, cyd, dora");
        message.ShouldContain("alloy");
        message.ShouldContain("bm_lewis");
    }

    [Fact]
    public async Task A_voice_that_does_not_speak_the_language_is_answered_with_those_that_do()
    {
        using var response = await server.SpeakAsync("Hi", "\"language\":\"de\"");

        (await response.ErrorAsync()).GetProperty("message").GetString()!.ShouldContain("dora");
    }

    [Fact]
    public async Task Unknown_model_is_answered_with_the_voice_models()
    {
        using var response = await server.PostAsync("{\"model\":\"kokoro-82m\",\"input\":\"Hi\",\"voice\":\"alloy\"}");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var error = await response.ErrorAsync();
        error.GetProperty("code").GetString().ShouldBe("model_not_found");
        error.GetProperty("message").GetString()!.ShouldEndWith("Voice models: test-voice.");
    }

    [Fact]
    public async Task A_model_at_the_wrong_endpoint_is_told_the_right_one()
    {
        using var chat = await server.PostAsync("{\"model\":\"test-model\",\"input\":\"Hi\",\"voice\":\"alloy\"}");
        using var voice = await server.Edge.PostAsync("/v1/chat/completions", "{\"model\":\"tts-1\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        using var vectors = await server.Edge.PostAsync("/v1/embeddings", "{\"model\":\"test-voice\",\"input\":\"hi\"}");

        (await chat.ErrorAsync()).GetProperty("message").GetString()!.ShouldContain("POST /v1/chat/completions");
        (await voice.ErrorAsync()).GetProperty("message").GetString()!.ShouldContain("POST /v1/audio/speech");
        (await vectors.ErrorAsync()).GetProperty("code").GetString().ShouldBe("unsupported_value");
        voice.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("openai", HttpStatusCode.BadRequest)]
    [InlineData("grid", HttpStatusCode.UnprocessableEntity)]
    public async Task The_profile_decides_about_the_status_of_a_range(string profile, HttpStatusCode status)
    {
        using var response = await server.PostAsync(SpeechServer.Body("Hi", "\"speed\":9"), profile);

        response.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task A_full_queue_is_503_with_a_time_to_come_back()
    {
        await using var small = await SpeechServer.StartAsync(maxRequests: 1);
        using var release = new ManualResetEventSlim();
        small.Voices.BeforeChunk = (_, _) => release.Wait(Until.Patience);
        var first = small.SpeakAsync("Hello");
        await Until.TrueAsync(() => small.Voices.Running == 1);

        using var refused = await small.SpeakAsync("Hello");
        release.Set();
        using var answered = await first;

        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await refused.ErrorAsync()).GetProperty("code").GetString().ShouldBe("queue_full");
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        answered.EnsureSuccessStatusCode();
        await Until.TrueAsync(() => small.Pool.Requests == 0);
    }

    [Theory]
    [InlineData(SpeechErrorCode.EngineFailed, HttpStatusCode.BadGateway, "speech_engine_failed")]
    [InlineData(SpeechErrorCode.InvalidSetting, HttpStatusCode.BadRequest, "invalid_value")]
    [InlineData(SpeechErrorCode.NothingToSay, HttpStatusCode.BadRequest, "invalid_value")]
    [InlineData(SpeechErrorCode.EngineStopped, HttpStatusCode.ServiceUnavailable, "model_unavailable")]
    public async Task An_engines_failure_before_the_first_sound_has_its_own_status(SpeechErrorCode failure, HttpStatusCode status, string code)
    {
        server.Voices.Outcome = _ => new SpeechError(SpeechStage.Compute, failure, "No.");

        using var response = await server.SpeakAsync("Hi", "\"response_format\":\"mp3\",\"stream\":false");

        response.StatusCode.ShouldBe(status);
        (await response.ErrorAsync()).GetProperty("code").GetString().ShouldBe(code);
        await Until.TrueAsync(() => server.Pool.Requests == 0);
    }

    [Fact]
    public async Task A_model_that_cannot_be_made_is_502_and_tried_anew_after_a_rest()
    {
        var (broken, tries) = (true, 0);
        var time = new FakeTimeProvider();
        var pool = new EnginePool<ISynthesizer>(Create, new EnginePoolOptions { Engines = 1, MaxRequests = 4 }, "frail", time);
        await using var disposing = pool;
        server.Directory.Register(server.Voices.Model with { Id = "frail" }, pool);

        for (var at = 0; at < 3; at++)
        {
            using var failed = await server.PostAsync("{\"model\":\"frail\",\"input\":\"Hi\",\"voice\":\"ann\"}");
            failed.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
            failed.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
            (await failed.Content.ReadAsStringAsync()).ShouldNotContain("broken");
            (await failed.ErrorAsync()).GetProperty("code").GetString().ShouldBe("speech_engine_failed");
        }

        tries.ShouldBe(1);
        broken = false;
        time.Advance(EnginePool<ISynthesizer>.Rest);
        using var answered = await server.PostAsync("{\"model\":\"frail\",\"input\":\"Hi\",\"voice\":\"ann\"}");
        answered.EnsureSuccessStatusCode();

        ISynthesizer Create()
        {
            tries++;
            return broken ? throw new InvalidDataException("broken") : server.Voices.Create();
        }
    }

    private async Task ShouldRefuseAsync(string body, string param, string code)
    {
        using var response = await server.PostAsync(body);

        await response.ShouldBeRefusedAsync(param, code);
        server.Voices.Pieces.ShouldBeEmpty();
    }
}
