#pragma warning disable OPENAI001 // Streamed transcription is marked as for evaluation in the package.
using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Audio;
using PolarGrid.EndToEnd.Running;
using PolarGrid.EndToEnd.Speech;
using PolarGrid.EndToEnd.Transcription;
using Shouldly;

namespace PolarGrid.EndToEnd.Callers;

/// <summary>OpenAI's own .NET package has a server listen.</summary>
[Collection(ServerCollection.Name)]
public sealed class OpenAIDotNetTranscriptionTests(ServerFixture fixture)
{
    /// <summary>One recording for all tests, and what plain HTTP hears in it: flite never says a sentence twice in the same way.</summary>
    private static (byte[] File, string Heard)? fox;

    [SpeechTheory]
    [InlineData("json")]
    [InlineData("text")]
    [InlineData("srt")]
    [InlineData("vtt")]
    public async Task Every_format_arrives(string format)
    {
        var options = new AudioTranscriptionOptions { ResponseFormat = new AudioTranscriptionFormat(format), Language = "en", Temperature = 0.2f };
        var (file, text) = await FoxAsync();
        AudioTranscription heard = await Audio().TranscribeAudioAsync(new MemoryStream(file), "speech.mp3", options);

        heard.Text.ReplaceLineEndings(" ").ShouldContain(format is "srt" or "vtt" ? text[..15] : text);
        if (format == "srt") heard.Text.ShouldStartWith("1\n00:00:00,");
        if (format == "vtt") heard.Text.ShouldStartWith("WEBVTT\n\n00:00:00.");
    }

    [SpeechFact]
    public async Task Verbose_answers_have_segments_and_words_with_times()
    {
        var options = new AudioTranscriptionOptions
        {
            ResponseFormat = AudioTranscriptionFormat.Verbose, TimestampGranularities = AudioTimestampGranularities.Word | AudioTimestampGranularities.Segment,
        };
        var (file, text) = await FoxAsync();
        AudioTranscription heard = await Audio().TranscribeAudioAsync(new MemoryStream(file), "speech.mp3", options);

        heard.Text.ShouldBe(text);
        WordErrors.Of(Spoken.Fox, text).ShouldBeLessThan(0.25);
        heard.Language.ShouldBe("english");
        heard.Duration!.Value.TotalSeconds.ShouldBeInRange(2, 4);
        heard.Segments.ShouldHaveSingleItem().Text.ShouldBe(text);
        heard.Words.Select(word => word.Word).ShouldBe(text.Split(' '));
        heard.Words.Select(word => word.StartTime).ShouldBeInOrder();
        heard.Words[^1].EndTime.ShouldBeLessThanOrEqualTo(heard.Duration.Value);
    }

    [SpeechFact]
    public async Task Streamed_deltas_join_to_the_final_text()
    {
        var pieces = new List<string>();
        string? final = null;
        var (file, text) = await FoxAsync();

        // The package refuses to stream from a model of the name whisper-1.
        await foreach (var update in await Audio("pocketsphinx").TranscribeAudioStreamingAsync(new MemoryStream(file), "speech.mp3"))
        {
            if (update is StreamingAudioTranscriptionTextDeltaUpdate delta) pieces.Add(delta.Delta);
            if (update is StreamingAudioTranscriptionTextDoneUpdate done) final = done.Text;
        }

        string.Concat(pieces).ShouldBe(final);
        final.ShouldBe(text);
    }

    [SpeechFact]
    public async Task A_model_that_does_not_translate_says_so()
    {
        var refused = await Should.ThrowAsync<ClientResultException>(async () => await Audio().TranslateAudioAsync(new MemoryStream((await FoxAsync()).File), "speech.mp3"));

        refused.Status.ShouldBe(400);
        refused.Message.ShouldContain("does not translate");
    }

    [SpeechFact]
    public async Task A_file_that_is_no_audio_is_400_and_a_model_that_is_not_there_404()
    {
        var unreadable = await Should.ThrowAsync<ClientResultException>(async () => await Audio().TranscribeAudioAsync(new MemoryStream("no audio"u8.ToArray()), "a.mp3"));
        var unknown = await Should.ThrowAsync<ClientResultException>(async () => await Audio("whisper-17").TranscribeAudioAsync(new MemoryStream((await FoxAsync()).File), "a.mp3"));

        unreadable.Status.ShouldBe(400);
        unreadable.Message.ShouldContain("invalid_audio");
        unknown.Status.ShouldBe(404);
        unknown.Message.ShouldContain("pocketsphinx");
    }

    private async Task<(byte[] File, string Heard)> FoxAsync()
    {
        if (fox is { } known) return known;
        using var uploads = new Uploads(fixture.Server.Url, ServerFixture.Key);
        var file = await fixture.Api.SpeakAsync(Spoken.Request(Spoken.Fox));
        fox = (file, await uploads.HearAsync(file));
        return fox.Value;
    }

    private AudioClient Audio(string model = "whisper-1") => new OpenAIClient(
        new ApiKeyCredential(ServerFixture.Key),
        new OpenAIClientOptions { Endpoint = new Uri(fixture.CheckedUrl, "/v1"), RetryPolicy = new ClientRetryPolicy(0) }).GetAudioClient(model);
}
