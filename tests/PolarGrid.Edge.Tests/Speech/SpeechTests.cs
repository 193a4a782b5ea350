using System.Globalization;
using PolarGrid.Audio;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Speech;

public sealed class SpeechTests : IAsyncLifetime
{
    private SpeechServer server = null!;

    public async Task InitializeAsync() => server = await SpeechServer.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_wav_file_is_whole_and_its_header_tells_the_length()
    {
        using var response = await server.SpeakAsync("Hello", "\"response_format\":\"wav\"");
        var wav = await response.Content.ReadAsByteArrayAsync();

        response.EnsureSuccessStatusCode();
        response.Content.Headers.ContentType!.ToString().ShouldBe("audio/wav");
        response.Content.Headers.ContentLength.ShouldBe(wav.Length);
        Tones.SizesOf(wav).ShouldBe(((uint)wav.Length - 8, (uint)wav.Length - 44));
        Tones.ShouldBe(Tones.OfWav(wav), Tones.Expected(server.Voices, 1, "Hello"));
    }

    [Theory]
    [InlineData("\"stream\":true")]
    [InlineData("\"stream_format\":\"audio\"")]
    public async Task A_streamed_wav_file_is_chunked_and_has_no_length(string field)
    {
        using var response = await server.SpeakAsync("Hello", $"\"response_format\":\"wav\",{field}");

        response.Content.Headers.NonValidated.Contains("Content-Length").ShouldBeFalse();
        var wav = await response.Content.ReadAsByteArrayAsync();
        response.Headers.TransferEncodingChunked.ShouldBe(true);
        Tones.SizesOf(wav).ShouldBe((uint.MaxValue, uint.MaxValue));
        Tones.ShouldBe(Tones.OfWav(wav), Tones.Expected(server.Voices, 1, "Hello"));
    }

    [Theory]
    [InlineData("", "audio/mpeg", true)]
    [InlineData("\"stream\":false", "audio/mpeg", false)]
    [InlineData("\"response_format\":\"pcm\"", "audio/pcm", true)]
    [InlineData("\"response_format\":\"pcm\",\"stream\":false", "audio/pcm", false)]
    [InlineData("\"response_format\":\"opus\"", "audio/ogg", true)]
    [InlineData("\"response_format\":\"flac\",\"stream\":false", "audio/flac", false)]
    public async Task Other_formats_go_out_as_they_are_made_unless_that_is_declined(string fields, string mediaType, bool chunked)
    {
        using var response = await server.SpeakAsync("Hello.", fields);

        response.EnsureSuccessStatusCode();
        response.Content.Headers.ContentType!.ToString().ShouldBe(mediaType);
        response.Content.Headers.NonValidated.Contains("Content-Length").ShouldBe(!chunked);
        (await response.Content.ReadAsByteArrayAsync()).Length.ShouldBeGreaterThan(200);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(0.25)]
    public async Task Bare_samples_are_24_kHz_and_speed_divides_their_number(double speed)
    {
        using var response = await server.SpeakAsync("Hello", string.Create(CultureInfo.InvariantCulture, $"\"response_format\":\"pcm\",\"speed\":{speed}"));

        var samples = (await response.Content.ReadAsByteArrayAsync()).Length / 2;
        ((double)samples).ShouldBe(5 * 320 * 1.5 / speed, 2);
        server.Voices.Pieces.Single().Speed.ShouldBe((float)speed);
    }

    [Fact]
    public async Task Sentences_are_spoken_one_by_one_and_in_order()
    {
        using var response = await server.SpeakAsync("One is here. Two follows it! Is three the last?", "\"response_format\":\"wav\"");
        var wav = await response.Content.ReadAsByteArrayAsync();

        var said = server.Voices.Pieces.Select(piece => piece.Text).ToArray();
        said.ShouldBe(["One is here.", "Two follows it! Is three the last?"]);
        Tones.ShouldBe(Tones.OfWav(wav), Tones.Expected(server.Voices, 1, said));
    }

    [Theory]
    [InlineData("\"ann\"", "ann")]
    [InlineData("{\"id\":\"bob\"}", "bob")]
    [InlineData("\"alloy\"", "ann")]
    [InlineData("\"echo\"", "bob")]
    [InlineData("\"fable\"", "cyd")]
    [InlineData("\"bf_emma\"", "ann")]
    [InlineData("\"default\"", "ann")]
    public async Task Headers_name_the_voice_and_the_model_that_really_spoke(string voice, string expected)
    {
        using var response = await server.PostAsync($"{{\"model\":\"tts-1\",\"input\":\"Hi\",\"voice\":{voice}}}");

        response.EnsureSuccessStatusCode();
        response.Headers.GetValues("x-polargrid-voice").ShouldBe([expected]);
        response.Headers.GetValues("x-polargrid-model").ShouldBe(["test-voice"]);
        server.Voices.Pieces.Single().Voice.ShouldBe(expected);
    }

    [Fact]
    public async Task The_time_to_the_first_samples_is_a_header()
    {
        using var response = await server.SpeakAsync("Hello");

        double.Parse(response.Headers.GetValues("X-Pg-First-Byte-Ms").Single(), CultureInfo.InvariantCulture).ShouldBeInRange(0, 10_000);
    }

    [Fact]
    public async Task A_language_chooses_among_the_voices_that_speak_it()
    {
        using var german = await server.SpeakAsync("Guten Tag", "\"language\":\"de\"", "alloy");
        using var british = await server.SpeakAsync("Hello", "\"language\":\"en_GB\"", "alloy");

        german.Headers.GetValues("x-polargrid-voice").ShouldBe(["dora"]);
        british.Headers.GetValues("x-polargrid-voice").ShouldBe(["cyd"]);
        server.Voices.Pieces[0].Language.ShouldBe("de");
    }

    [Fact]
    public async Task Every_format_that_is_offered_decodes_to_the_length_that_was_spoken()
    {
        foreach (var format in AudioFormats.Names.Where(name => name is not ("pcm" or "aac") || (name == "aac" && AudioLibraries.FfmpegPath is not null)))
        {
            foreach (var stream in new[] { "true", "false" })
            {
                using var response = await server.SpeakAsync("A sentence that takes a second or two.", $"\"response_format\":\"{format}\",\"stream\":{stream}");
                var decoded = PolarGrid.Audio.Decoders.AudioDecoder.Decode(
                    await response.Content.ReadAsByteArrayAsync(), new AudioLimits(), 16_000, CancellationToken.None);

                decoded.Error.ShouldBeNull(format);
                decoded.Value!.Seconds.ShouldBe(server.Voices.Pieces[^1].Text.Length * 0.02, 0.15, format);
            }
        }
    }

    [Fact]
    public async Task A_model_that_follows_instructions_gets_them()
    {
        await using var other = await SpeechServer.StartAsync(new ScriptedVoices { Model = new ScriptedVoices().Model with { FollowsInstructions = true } });

        using var response = await other.SpeakAsync("Hi", "\"instructions\":\"Whisper.\"");

        response.EnsureSuccessStatusCode();
        other.Voices.Pieces.Single().Instructions.ShouldBe("Whisper.");
    }

    [Fact]
    public async Task Usage_is_counted_for_metrics_and_log()
    {
        using var logs = new Observability.CapturedLogs();
        await using var counted = await SpeechServer.StartAsync(logs: logs);
        using (var response = await counted.SpeakAsync("Hello 👍", "\"response_format\":\"pcm\"")) await response.Content.ReadAsByteArrayAsync();

        await Until.TrueAsync(() => logs.Requests.Count > 0);
        logs.Requests.Single().ShouldContain($"key={counted.Edge.Keys.List().Single().Id} model=test-voice stream=True");
        logs.Requests.Single().ShouldContain("characters=7 spoken_s=");
        var metrics = (await counted.Edge.Client.GetStringAsync("/metrics")).Split('\n');
        metrics.ShouldContain("polargrid_speech_characters_total{model=\"test-voice\"} 7");
        metrics.ShouldContain(line => line.StartsWith("polargrid_speech_seconds_total{model=\"test-voice\"} 0.1", StringComparison.Ordinal));
        metrics.ShouldContain("polargrid_speech_time_to_first_audio_seconds_count{model=\"test-voice\"} 1");
        metrics.ShouldContain("polargrid_speech_real_time_factor_count{model=\"test-voice\"} 1");
        metrics.ShouldContain("polargrid_speech_requests{model=\"test-voice\"} 0");
    }
}
