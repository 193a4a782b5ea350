using System.Text.Json.Nodes;
using PolarGrid.Audio;
using PolarGrid.EndToEnd.Running;
using PolarGrid.EndToEnd.Speech;
using Shouldly;

namespace PolarGrid.EndToEnd.Callers;

/// <summary>OpenAI's own JavaScript package has a server speak; its script runs once and each test looks at a part of what it saw.</summary>
[Collection(ServerCollection.Name)]
public sealed class OpenAINodeSpeechTests(ServerFixture fixture, OpenAINodeSpeechTests.Run run) : IClassFixture<OpenAINodeSpeechTests.Run>
{
    [NodeSpeechFact]
    public async Task Every_format_arrives_and_decodes()
    {
        var formats = (await SeenAsync("formats")).AsObject();

        formats.Count.ShouldBe(6);
        foreach (var (format, seen) in formats)
        {
            if (format == "aac" && AudioLibraries.FfmpegPath is null)
            {
                ((int)seen!["status"]!).ShouldBe(400);
                continue;
            }

            ((int)seen!["status"]!).ShouldBe(200, format);
            ((string?)seen["type"]).ShouldBe(AudioFormats.MediaType(AudioFormats.Find(format)!.Value));
            Spoken.Hear(Audio(seen), format).Seconds.ShouldBeInRange(2, 4, format);
        }
    }

    [NodeSpeechFact]
    public async Task The_documented_call_gives_mp3_and_says_who_spoke()
    {
        var (plain, fast) = (await SeenAsync("plain"), await SeenAsync("fast"));

        ((string?)plain["type"]).ShouldBe("audio/mpeg");
        ((string?)plain["voice"]).ShouldBe("slt");
        Spoken.Hear(Audio(fast), "mp3").Seconds.ShouldBeLessThan(Spoken.Hear(Audio(plain), "mp3").Seconds * 0.7);
    }

    [NodeSpeechFact]
    public async Task A_long_answer_arrives_in_pieces()
    {
        var seen = await SeenAsync("chunks");

        ((int)seen["pieces"]!).ShouldBeGreaterThan(10);
        ((int)seen["bytes"]!).ShouldBeGreaterThan(40 * 2 * 48_000);
    }

    [NodeSpeechFact]
    public async Task Events_end_with_usage()
    {
        var seen = await SeenAsync("events");

        seen["types"]!.AsArray().Select(type => (string)type!).ShouldBe(["speech.audio.delta", "speech.audio.done"]);
        var usage = seen["last"]!["usage"]!;
        ((int)usage["total_tokens"]!).ShouldBe((int)usage["input_tokens"]! + (int)usage["output_tokens"]!);
        Spoken.Hear(Audio(seen), "wav").Seconds.ShouldBeInRange(2, 4);
    }

    [NodeSpeechFact]
    public async Task Aborting_ends_the_work()
    {
        ((bool)(await SeenAsync("leave"))["aborted"]!).ShouldBeTrue();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await fixture.Api.MetricAsync("polargrid_speech_requests") > 0) limit.Token.ThrowIfCancellationRequested();
    }

    [NodeSpeechFact]
    public async Task Mistakes_throw_the_clients_own_errors()
    {
        var voice = await SeenAsync("unknownVoice");
        ((string?)voice["thrown"]).ShouldBe("BadRequestError");
        ((string?)voice["param"]).ShouldBe("voice");
        ((string?)(await SeenAsync("unknownModel"))["thrown"]).ShouldBe("NotFoundError");
        ((string?)(await SeenAsync("tooLong"))["code"]).ShouldBe("string_above_max_length");
    }

    private static byte[] Audio(JsonNode seen) => Convert.FromBase64String((string)seen["audio"]!);

    private Task<JsonNode> SeenAsync(string part) => run.SeenAsync(fixture, part);

    /// <summary>One run of the script.</summary>
    public sealed class Run() : ScriptRun("speech.mjs")
    {
        private protected override Uri UrlOf(ServerFixture fixture) => fixture.Server.Url;
    }
}
