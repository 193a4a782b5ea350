using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using PolarGrid.EndToEnd.Speech;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.EndToEnd.Transcription;

/// <summary>A real server listens with pocketsphinx, to flite and to people.</summary>
[Collection(ServerCollection.Name)]
public sealed class TranscriptionTests(ServerFixture fixture)
{
    /// <summary>Measured 0.05 to 0.15 over six sentences; flite adds noise of its own, so no two recordings are the same.</summary>
    private const double SyntheticRate = 0.25;

    /// <summary>Measured 0.43 over eight clips of an old book read aloud; the recogniser's own command has 0.52 on the same files.</summary>
    private const double ReaderRate = 0.50;

    /// <summary>Of nine words two: flite adds noise of its own, so no two recordings of a sentence are the same.</summary>
    private const double FoxRate = 0.25;

    private static readonly string[] Sentences =
    [
        "The quick brown fox jumped over the lazy dog.",
        "Good morning everyone, and welcome to the meeting.",
        "Please call me back as soon as you can.",
        "It was the best of times, it was the worst of times.",
        "The weather will be cold and cloudy with some rain in the afternoon.",
        "She said that the train to the city leaves at nine in the morning.",
    ];

    [SpeechFact]
    public async Task What_flite_says_is_heard_again()
    {
        var rate = new WordErrors();
        using var uploads = Uploads();
        foreach (var sentence in Sentences) rate.Add(sentence, await uploads.HearAsync(await SpeakAsync(sentence, "wav")));

        rate.Rate.ShouldBeLessThan(SyntheticRate, $"{rate.Errors} of {rate.Words} words");
    }

    [SpeechTheory]
    [InlineData("mp3")]
    [InlineData("opus")]
    [InlineData("flac")]
    [InlineData("aac")]
    public async Task Every_format_that_is_spoken_is_heard(string format)
    {
        if (format == "aac" && Audio.AudioLibraries.FfmpegPath is null) return;
        using var uploads = Uploads();

        WordErrors.Of(Spoken.Fox, await uploads.HearAsync(await SpeakAsync(Spoken.Fox, format))).ShouldBeLessThan(FoxRate);
    }

    [SpeechFact]
    public async Task People_are_understood_as_well_as_the_recogniser_can()
    {
        if (SharedFiles.TryGet("audio/transcripts.tsv") is not { } list) return;
        var rate = new WordErrors();
        using var uploads = Uploads();
        foreach (var line in (await File.ReadAllLinesAsync(list)).Where(line => line.StartsWith("LJ", StringComparison.Ordinal)))
        {
            var (clip, said) = (line.Split('\t')[0], line.Split('\t')[1]);
            rate.Add(said, await uploads.HearAsync(await File.ReadAllBytesAsync(SharedFiles.Get($"audio/{clip}.wav"))));
        }

        rate.Words.ShouldBeGreaterThan(100);
        rate.Rate.ShouldBeLessThan(ReaderRate, $"{rate.Errors} of {rate.Words} words");
    }

    [SpeechFact]
    public async Task A_pause_makes_two_segments_with_times_of_the_words()
    {
        using var uploads = Uploads();
        var (first, second) = (Spoken.Hear(await SpeakAsync(Sentences[0], "wav"), "wav").Samples, Spoken.Hear(await SpeakAsync(Sentences[1], "wav"), "wav").Samples);
        float[] both = [.. first.Span, .. new float[24_000], .. second.Span];
        using var response = await uploads.SendAsync(
            Testing.Speech.Tones.Wav(both),
            ("response_format", "verbose_json"), ("timestamp_granularities[]", "word"), ("timestamp_granularities[]", "segment"));
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        var segments = answer["segments"]!.AsArray();
        segments.Count.ShouldBe(2);
        var border = (first.Length + 12_000) / 16_000.0;
        ((double)segments[0]!["end"]!).ShouldBeLessThan(border);
        ((double)segments[1]!["start"]!).ShouldBeGreaterThan(border);
        var words = answer["words"]!.AsArray();
        words.Select(word => (double)word!["start"]!).ShouldBeInOrder();
        string.Join(' ', words.Select(word => (string)word!["word"]!)).ShouldBe((string)answer["text"]!);
        ((double)segments[0]!["avg_logprob"]!).ShouldBeLessThan(0);
    }

    [SpeechFact]
    public async Task Silence_and_hum_are_no_words()
    {
        using var uploads = Uploads();
        (await uploads.HearAsync(Testing.Speech.Tones.Wav(new float[80_000]))).ShouldBe("");
        var hiss = new Random(3);
        (await uploads.HearAsync(Testing.Speech.Tones.Wav([.. Enumerable.Range(0, 80_000).Select(_ => (hiss.NextSingle() - 0.5f) * 0.004f)]))).ShouldBe("");
    }

    [SpeechFact]
    public async Task A_live_session_hears_what_a_file_would()
    {
        var samples = Spoken.Hear(await SpeakAsync(Spoken.Fox, "wav"), "wav").Samples;
        using var uploads = Uploads();
        var asFile = await uploads.HearAsync(Testing.Speech.Tones.Wav(samples.Span));
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {ServerFixture.Key}");
        await socket.ConnectAsync(new Uri($"ws://{fixture.Server.Url.Authority}/v1/audio/transcriptions/live?model=whisper-1"), default);
        foreach (var part in Testing.Speech.Tones.Pcm(samples.Span).Chunk(6_400)) await socket.SendAsync(part, WebSocketMessageType.Binary, true, default);
        await socket.SendAsync("{\"type\":\"input.done\"}"u8.ToArray(), WebSocketMessageType.Text, true, default);

        var messages = new List<JsonNode>();
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer, default) is { MessageType: WebSocketMessageType.Text } message)
        {
            messages.Add(JsonNode.Parse(Encoding.UTF8.GetString(buffer, 0, message.Count))!);
        }

        messages.Count(message => (string?)message["type"] == "transcript.text.partial").ShouldBeGreaterThan(0);
        ((string?)messages[^1]["text"]).ShouldBe(asFile);
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
    }

    [SpeechFact]
    public async Task Sixteen_callers_at_once_each_get_their_own_words()
    {
        var files = new byte[Sentences.Length][];
        for (var index = 0; index < files.Length; index++) files[index] = await SpeakAsync(Sentences[index], "wav");
        using var uploads = Uploads();
        var alone = new string[files.Length];
        for (var index = 0; index < files.Length; index++) alone[index] = await uploads.HearAsync(files[index]);

        var together = await Task.WhenAll(Enumerable.Range(0, 16).Select(async caller => (Caller: caller, Text: await uploads.HearAsync(files[caller % files.Length]))));

        foreach (var (caller, text) in together) text.ShouldBe(alone[caller % files.Length], $"caller {caller}");
    }

    [SpeechFact]
    public async Task Callers_who_leave_are_forgotten_by_the_engines()
    {
        var file = await SpeakAsync(string.Join(' ', Sentences), "wav");
        using var uploads = Uploads();
        await Parallel.ForEachAsync(Enumerable.Range(0, 6), async (_, _) =>
        {
            using var leaving = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
            await Should.ThrowAsync<OperationCanceledException>(async () =>
                await uploads.Http.PostAsync(Transcription.Uploads.Path, Transcription.Uploads.Form(file), leaving.Token));
        });

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await fixture.Api.MetricAsync("polargrid_speech_requests") > 0) limit.Token.ThrowIfCancellationRequested();
        WordErrors.Of(Spoken.Fox, await uploads.HearAsync(await SpeakAsync(Spoken.Fox, "wav"))).ShouldBeLessThan(FoxRate);
    }

    private Uploads Uploads() => new(fixture.Server.Url, ServerFixture.Key);

    private Task<byte[]> SpeakAsync(string text, string format) => fixture.Api.SpeakAsync(Spoken.Request(text, format: format));
}
