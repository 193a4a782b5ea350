using System.Net;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing.Speech;
using Shouldly;

namespace PolarGrid.Edge.Tests.Transcription;

/// <summary>Fields of the form, one by one and together.</summary>
public sealed class TranscriptionValidationTests : IAsyncLifetime
{
    private TranscriptionServer server = null!;

    public async Task InitializeAsync() => server = await TranscriptionServer.StartAsync(options => options.Transcription.MaxFileBytes = 100_000);

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData("language", "xx", "language", "invalid_value", "ISO 639-1")]
    [InlineData("language", "english", "language", "invalid_value", "for example en")]
    [InlineData("language", "de", "language", "unsupported_value", "it knows: en")]
    [InlineData("response_format", "xml", "response_format", "invalid_value", "json, text, srt, verbose_json, vtt")]
    [InlineData("response_format", "diarized_json", "response_format", "unsupported_value", "speakers")]
    [InlineData("temperature", "2", "temperature", "decimal_above_max_value", "between 0 and 1")]
    [InlineData("temperature", "-0.1", "temperature", "decimal_below_min_value", "between 0 and 1")]
    [InlineData("temperature", "warm", "temperature", "invalid_type", "a number")]
    [InlineData("temperature", "NaN", "temperature", "invalid_type", "a number")]
    [InlineData("stream", "maybe", "stream", "invalid_type", "a boolean")]
    [InlineData("timestamp_granularities[]", "segment", "timestamp_granularities", "invalid_value", "verbose_json")]
    [InlineData("timestamp_granularities[]", "minute", "timestamp_granularities[0]", "invalid_value", "segment, word")]
    [InlineData("include[]", "logprobs", "include", "unsupported_parameter", "log-probabilities")]
    [InlineData("languages[]", "en", "languages", "unsupported_parameter", "'language'")]
    [InlineData("known_speaker_names[]", "agent", "known_speaker_names", "unsupported_parameter", "speakers")]
    [InlineData("known_speaker_references[]", "data:", "known_speaker_references", "unsupported_parameter", "speakers")]
    [InlineData("punctuation", "true", "punctuation", "unsupported_value", "writes none")]
    [InlineData("chunking_strategy", "manual", "chunking_strategy", "invalid_value", "auto")]
    [InlineData("chunking_strategy", "{\"type\":\"server_vad\",\"threshold\":2}", "chunking_strategy.threshold", "decimal_above_max_value", "between 0 and 1")]
    [InlineData("chunking_strategy", "{\"threshold\":0.5}", "chunking_strategy.type", "missing_required_parameter", "server_vad")]
    [InlineData("chunking_strategy[type]", "other", "chunking_strategy.type", "invalid_value", "server_vad")]
    [InlineData("keywords[]", "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789x", "keywords[0]", "string_above_max_length", "100")]
    [InlineData("model", "nobody", "model", "model_not_found", "tones")]
    [InlineData("model", "test-model", "model", "unsupported_value", "writes text")]
    public async Task A_bad_field_is_refused_by_name(string name, string value, string param, string code, string says)
    {
        using var response = await server.TranscribeAsync("a", (name, value));
        var error = await response.ErrorAsync();

        error.GetProperty("param").GetString().ShouldBe(param);
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("message").GetString()!.ShouldContain(says);
        ((int)response.StatusCode).ShouldBe(code == "model_not_found" ? 404 : 400);
        server.Engine.Begun.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("stream", "sync")]
    [InlineData("stream", "async")]
    [InlineData("async", "sync")]
    public async Task Modes_exclude_each_other(string one, string other)
    {
        using var response = await server.TranscribeAsync("a", (one, "true"), (other, "true"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.ErrorAsync()).GetProperty("message").GetString()!.ShouldContain("exclude each other");
    }

    [Fact]
    public async Task A_stream_of_subtitles_is_refused()
    {
        using var response = await server.TranscribeAsync("a", ("stream", "true"), ("response_format", "srt"));

        (await response.ErrorAsync()).GetProperty("param").GetString().ShouldBe("response_format");
    }

    [Fact]
    public async Task Times_of_words_need_a_model_that_gives_them()
    {
        server.Engine.Model = server.Engine.Model with { Id = "timeless", GivesWordTimes = false };
        await using var pool = server.Engine.Pool();
        server.Speech.Register(server.Engine.Model, pool);
        using var response = await server.TranscribeAsync("a", ("model", "timeless"), ("response_format", "verbose_json"), ("timestamp_granularities[]", "word"));

        (await response.ErrorAsync()).GetProperty("message").GetString()!.ShouldContain("'timeless' gives no times of words");
    }

    [Theory]
    [InlineData("stream", "")]
    [InlineData("stream", "False")]
    [InlineData("sync", "TRUE")]
    [InlineData("language", "")]
    [InlineData("language", "en")]
    [InlineData("chunking_strategy", "auto")]
    [InlineData("keywords", "one word")]
    [InlineData("nobody_knows_it", "x")]
    public async Task Values_that_ask_for_nothing_special_pass(string name, string value)
    {
        using var response = await server.TranscribeAsync("a", (name, value));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_field_twice_is_refused_and_a_list_is_not()
    {
        using var twice = await server.TranscribeAsync("a", ("language", "en"), ("language", "en"));
        using var files = await server.PostAsync("/v1/audio/transcriptions", TwoFiles());
        using var list = await server.TranscribeAsync("a", ("keywords[]", "x"), ("keywords[]", "y"));

        (await twice.ErrorAsync()).GetProperty("param").GetString().ShouldBe("language");
        (await files.ErrorAsync()).GetProperty("param").GetString().ShouldBe("file");
        list.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("chunking_strategy", "chunking_strategy[type]")]
    [InlineData("chunking_strategy[type]", "chunking_strategy")]
    public async Task A_value_and_members_of_the_same_field_are_refused(string first, string second)
    {
        using var response = await server.TranscribeAsync("a", (first, first.EndsWith(']') ? "server_vad" : "auto"), (second, second.EndsWith(']') ? "server_vad" : "auto"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.ErrorAsync()).GetProperty("param").GetString().ShouldBe("chunking_strategy");
    }

    [Fact]
    public async Task File_and_model_are_required()
    {
        using var noFile = await server.PostAsync("/v1/audio/transcriptions", TranscriptionServer.Form(null));
        using var noModel = await server.PostAsync("/v1/audio/transcriptions", TranscriptionServer.Form(Tones.Wav("a"), ("model", "")));

        (await noFile.ErrorAsync()).GetProperty("message").GetString().ShouldBe("'file' is required.");
        (await noModel.ErrorAsync()).GetProperty("message").GetString().ShouldBe("'model' is required.");
    }

    [Fact]
    public async Task A_text_that_is_no_text_is_refused()
    {
        using var form = TranscriptionServer.Form(Tones.Wav("a"));
        form.Add(new ByteArrayContent([0xFF, 0xFE]), "prompt");
        using var response = await server.PostAsync("/v1/audio/transcriptions", form);

        (await response.ErrorAsync()).GetProperty("message").GetString().ShouldBe("'prompt' is not valid UTF-8.");
    }

    [Fact]
    public async Task A_field_that_is_too_long_and_too_many_fields_are_refused()
    {
        using var length = await server.TranscribeAsync("a", ("prompt", new string('x', 65_537)));
        using var number = await server.TranscribeAsync("a", [.. Enumerable.Range(0, 65).Select(index => ($"f{index}", "x"))]);

        (await length.ErrorAsync()).GetProperty("code").GetString().ShouldBe("string_above_max_length");
        (await number.ErrorAsync()).GetProperty("code").GetString().ShouldBe("array_above_max_length");
    }

    [Fact]
    public async Task Translating_needs_a_model_that_can()
    {
        using var none = await server.PostAsync("/v1/audio/translations", TranscriptionServer.Form(Tones.Wav("a")));
        var able = new ScriptedTranscriber();
        able.Model = able.Model with { Id = "polyglot", Translates = true, Languages = ["en", "de"] };
        await using var pool = able.Pool();
        server.Speech.Register(able.Model, pool);
        using var other = await server.PostAsync("/v1/audio/translations", TranscriptionServer.Form(Tones.Wav("a")));
        using var good = await server.PostAsync(
            "/v1/audio/translations", TranscriptionServer.Form(Tones.Wav("a"), ("model", "polyglot"), ("response_format", "verbose_json")));

        (await none.ErrorAsync()).GetProperty("message").GetString()!.ShouldContain("No model that does is installed");
        (await other.ErrorAsync()).GetProperty("message").GetString()!.ShouldContain("polyglot");
        able.Begun.Single().Translate.ShouldBeTrue();
        (await good.JsonAsync()).GetProperty("task").GetString().ShouldBe("translate");
        (await good.JsonAsync()).GetProperty("language").GetString().ShouldBe("english");
    }

    private static MultipartFormDataContent TwoFiles()
    {
        var form = TranscriptionServer.Form(Tones.Wav("a"));
        form.Add(new ByteArrayContent(Tones.Wav("b")), "file", "b.wav");
        return form;
    }
}
