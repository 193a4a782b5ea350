using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using PolarGrid.EndToEnd.Speech;
using PolarGrid.EndToEnd.Transcription;
using Shouldly;

namespace PolarGrid.EndToEnd.Callers;

/// <summary>OpenAI's own JavaScript package has a server listen; its script runs once and each test looks at a part of what it saw.</summary>
[Collection(ServerCollection.Name)]
public sealed class OpenAINodeTranscriptionTests(ServerFixture fixture, OpenAINodeTranscriptionTests.Run run) : IClassFixture<OpenAINodeTranscriptionTests.Run>
{
    [NodeSpeechFact]
    public async Task Every_format_arrives()
    {
        var seen = await SeenAsync("formats");

        WordErrors.Of(Spoken.Fox, await HeardAsync()).ShouldBeLessThan(0.25);
        ((string?)seen["text"]).ShouldBe(await HeardAsync() + "\n");
        ((string)seen["srt"]!).ShouldStartWith("1\n00:00:00,");
        ((string)seen["vtt"]!).ShouldStartWith("WEBVTT\n\n00:00:00.");
        ((string?)seen["verbose_json"]!["language"]).ShouldBe("english");
    }

    [NodeSpeechFact]
    public async Task Words_have_times()
    {
        var seen = await SeenAsync("words");

        seen["words"]!.AsArray().Select(word => (string)word!["word"]!).ShouldBe((await HeardAsync()).Split(' '));
        seen["segments"]!.AsArray().Count.ShouldBe(1);
    }

    [NodeSpeechFact]
    public async Task A_chunking_strategy_arrives_as_the_client_sends_it() => ((string?)(await SeenAsync("chunking"))["text"]).ShouldBe(await HeardAsync());

    [NodeSpeechFact]
    public async Task Streamed_deltas_join_to_the_final_text()
    {
        var seen = await SeenAsync("stream");

        ((string?)seen["text"]).ShouldBe(await HeardAsync());
        ((string?)seen["done"]!["text"]).ShouldBe(await HeardAsync());
        ((int)seen["deltas"]!).ShouldBeGreaterThan(0);
    }

    [NodeSpeechFact]
    public async Task Refusals_have_the_clients_own_type_and_name_the_field()
    {
        foreach (var (what, code, param) in ((string, string, string)[])
            [("translation", "unsupported_value", "model"), ("language", "invalid_value", "language"), ("unreadable", "invalid_audio", "file")])
        {
            var seen = await SeenAsync(what);
            ((string?)seen["thrown"]).ShouldBe("BadRequestError", what);
            ((string?)seen["code"]).ShouldBe(code);
            ((string?)seen["param"]).ShouldBe(param);
        }
    }

    private async Task<string> HeardAsync() => (string)(await SeenAsync("formats"))["json"]!["text"]!;

    private Task<JsonNode> SeenAsync(string part) => run.SeenAsync(fixture, part);

    /// <summary>One run of the script.</summary>
    public sealed class Run() : ScriptRun("transcription.mjs");
}
