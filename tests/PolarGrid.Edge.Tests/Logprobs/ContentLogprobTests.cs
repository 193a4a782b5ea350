using System.Text;
using System.Text.Json;
using PolarGrid.Edge.Tests.Chat.Tools;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Logprobs;

/// <summary>Only tokens of the content have log-probabilities on the wire, however the text around them was cut.</summary>
public sealed class ContentLogprobTests
{
    private const string On = "\"logprobs\":true,\"enable_thinking\":true";
    private const string Hidden = On + ",\"include_reasoning\":false";
    private const string Call = "<tool_call>|{\"name\": \"time\", |\"arguments\": {\"z\": |\"é\"}}|</tool_call>";

    [Theory]
    [InlineData(Hidden, "<think>|\n|é sec|ret|\n|</think>|\n\n|Yes|.", "Yes|.")]
    [InlineData(Hidden, "<think>|\n\n|</think>|Yes|.", "Yes|.")]
    [InlineData(On, "<think>|\n|hm|\n|</think>|\n\n|Yes|, é|!", "Yes|, é|!")]
    [InlineData(On, "<think>|hm|</|think|>|\n\n|No", "No")]
    [InlineData(On, "Sure|.", "Sure|.")]
    [InlineData(On, "<think>|never closed", "")]
    [InlineData(On + "," + ToolServer.Tools, "<think>|hm|</think>|\n\n|One| <|moment|.|\n" + Call, "One| <|moment|.")]
    [InlineData(On + "," + ToolServer.Tools, Call + "|\n", "")]
    public async Task Tokens_of_thinking_markers_and_calls_have_none(string fields, string tokens, string expected)
    {
        foreach (var together in (int[])[1, 2, 3, 100])
        {
            await using var server = await ToolServer.StartAsync(thinks: true);
            var pieces = Pieces(tokens.Split('|'), together);
            server.Engine.Script = _ => [new ScriptStep.Start(), .. pieces, new ScriptStep.Finish(), new ScriptStep.Complete()];

            var whole = await server.AnswerAsync(fields, "openai");
            var streamed = await server.ChunksAsync(fields, "openai");

            Tokens(whole.GetProperty("choices")[0]).ShouldBe(expected, $"whole, {together} tokens in a piece");
            string.Join('|', streamed.Select(Tokens).Where(text => text.Length > 0)).ShouldBe(expected, $"streamed, {together} tokens in a piece");
        }
    }

    [Fact]
    public async Task Thinking_that_is_content_keeps_its_tokens()
    {
        const string All = "<think>|\n|hm|</think>|\n\n|Yes";
        await using var server = await ToolServer.StartAsync(thinks: true);
        server.Engine.Script = _ => [new ScriptStep.Start(), .. Pieces(All.Split('|'), 2), new ScriptStep.Finish(), new ScriptStep.Complete()];

        Tokens((await server.AnswerAsync(On)).GetProperty("choices")[0]).ShouldBe(All);
        string.Join('|', (await server.ChunksAsync(On)).Select(Tokens).Where(text => text.Length > 0)).ShouldBe(All);
    }

    /// <summary>Several tokens in a piece are what a held-back beginning of a stop string makes of them.</summary>
    private static List<ScriptStep> Pieces(string[] tokens, int together)
    {
        var steps = new List<ScriptStep>();
        var characters = 0;
        foreach (var piece in tokens.Chunk(together))
        {
            var block = new LogprobBlock();
            foreach (var token in piece)
            {
                block.Add(new TokenLogprob(1, -0.5f, 0, 0, false, characters, 1), Encoding.UTF8.GetBytes(token));
                block.Add(new TokenLogprob(2, -1, 0, 0, false, characters, 0), "other"u8);
                characters += token.EnumerateRunes().Count();
            }

            steps.Add(new ScriptStep.Say(string.Concat(piece), Tokens: piece.Length) { Logprobs = block });
        }

        return steps;
    }

    private static string Tokens(JsonElement choice) => choice.GetProperty("logprobs").ValueKind == JsonValueKind.Null
        ? ""
        : string.Join('|', choice.GetProperty("logprobs").GetProperty("content").EnumerateArray().Select(entry => entry.GetProperty("token").GetString()));
}
