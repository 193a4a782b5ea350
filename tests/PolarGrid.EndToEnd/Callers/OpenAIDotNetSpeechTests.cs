#pragma warning disable OPENAI001 // Streamed speech is marked as for evaluation in the package.
using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Audio;
using PolarGrid.EndToEnd.Running;
using PolarGrid.EndToEnd.Speech;
using Shouldly;

namespace PolarGrid.EndToEnd.Callers;

/// <summary>OpenAI's own .NET package has a server speak.</summary>
[Collection(ServerCollection.Name)]
public sealed class OpenAIDotNetSpeechTests(ServerFixture fixture)
{
    [SpeechFact]
    public async Task The_shortest_call_gives_an_mp3_file()
    {
        BinaryData speech = await Audio().GenerateSpeechAsync(Spoken.Fox, GeneratedSpeechVoice.Alloy);

        Spoken.Hear(speech.ToArray(), "mp3").Seconds.ShouldBeInRange(2, 4);
    }

    [SpeechTheory]
    [InlineData("mp3")]
    [InlineData("opus")]
    [InlineData("flac")]
    [InlineData("wav")]
    [InlineData("pcm")]
    public async Task Every_format_and_the_speed_are_honoured(string format)
    {
        BinaryData speech = await Audio().GenerateSpeechAsync(
            Spoken.Fox, GeneratedSpeechVoice.Echo, new SpeechGenerationOptions { ResponseFormat = new GeneratedSpeechFormat(format), SpeedRatio = 2 });

        Spoken.Hear(speech.ToArray(), format).Seconds.ShouldBeInRange(0.8, 2.4);
    }

    [SpeechFact]
    public async Task Streamed_pieces_joined_are_the_whole_file()
    {
        var options = new SpeechGenerationOptions { ResponseFormat = GeneratedSpeechFormat.Flac };
        var pieces = new MemoryStream();
        SpeechTokenUsage? usage = null;

        // The package refuses to stream from a model of the name tts-1.
        await foreach (var update in await Audio("flite").GenerateSpeechStreamingAsync(Spoken.Fox, GeneratedSpeechVoice.Nova, options))
        {
            if (update is StreamingSpeechAudioDeltaUpdate delta) pieces.Write(delta.AudioBytes);
            if (update is StreamingSpeechAudioDoneUpdate done) usage = done.Usage;
        }

        Spoken.Hear(pieces.ToArray(), "flac").Seconds.ShouldBeInRange(2, 4);
        usage.ShouldNotBeNull().InputTokenCount.ShouldBe(Spoken.Fox.Length);
    }

    [SpeechFact]
    public async Task An_unknown_voice_is_400_with_those_that_there_are()
    {
        var refused = await Should.ThrowAsync<ClientResultException>(async () => await Audio().GenerateSpeechAsync("Hi", new GeneratedSpeechVoice("zoe")));

        refused.Status.ShouldBe(400);
        refused.Message.ShouldContain("slt");
        refused.Message.ShouldContain("alloy");
    }

    [SpeechFact]
    public async Task A_model_that_is_not_there_is_404()
    {
        var refused = await Should.ThrowAsync<ClientResultException>(async () => await Audio("tts-17").GenerateSpeechAsync("Hi", GeneratedSpeechVoice.Alloy));

        refused.Status.ShouldBe(404);
        refused.Message.ShouldContain("flite");
    }

    private AudioClient Audio(string model = "tts-1") => new OpenAIClient(
        new ApiKeyCredential(ServerFixture.Key),
        new OpenAIClientOptions { Endpoint = new Uri(fixture.Server.Url, "/v1"), RetryPolicy = new ClientRetryPolicy(0) }).GetAudioClient(model);
}
