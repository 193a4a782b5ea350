using System.Text.Json;
using PolarGrid.Engine.Tools;
using Shouldly;

namespace PolarGrid.Engine.Tests.Answers;

/// <summary>What each family's text becomes, however it is cut into pieces.</summary>
public sealed class ToolCallReadingTests
{
    private const string Paris = "{\"city\": \"Paris \\\"}{]\\\\\", \"days\": [1, {\"a\": 2}]}";
    private const string Short = "{\"x\":1}";

    public static TheoryData<ToolFamily, string, string> Cases => new()
    {
        { ToolFamily.Hermes, "Hello  world\n", "Hello  world\n|" },
        { ToolFamily.Hermes, $"<tool_call>\n{{\"name\": \"weather\", \"arguments\": {Paris}}}\n</tool_call>", $"||weather({Paris})" },
        { ToolFamily.Hermes, $"Let me see.\n\n<tool_call>{{\"name\":\"weather\",\"arguments\":{Short}}}</tool_call>", $"Let me see.||weather({Short})" },
        {
            ToolFamily.Hermes,
            $"<tool_call>\n{{\"name\": \"weather\", \"arguments\": {Short}}}\n</tool_call>\n<tool_call>\n{{\"name\": \"time\", \"arguments\": {Paris}}}\n</tool_call>\n",
            $"||weather({Short})|time({Paris})"
        },
        { ToolFamily.Hermes, $"<tool_call>{{\"arguments\": {Paris}, \"name\": \"weather\"}}</tool_call>", $"||weather({Paris})" },
        { ToolFamily.Hermes, "<tool_call>{\"name\": \"time\"}</tool_call>", "||time({})" },
        { ToolFamily.Hermes, "<tool_call>{\"name\": \"time\", \"arguments\": null}</tool_call>", "||time({})" },
        { ToolFamily.Hermes, "<tool_call>{\"id\": 7, \"name\": \"time\", \"arguments\": {}, \"x\": [\"}\"]}</tool_call>", "||time({})" },
        { ToolFamily.Hermes, "<tool_call>{\"name\": \"f\", \"arguments\": \"{\\\"a\\\": \\\"\\u00e9\\ud83d\\ude00\\\\n\\\"}\"}</tool_call>", "||f({\"a\": \"é😀\\n\"})" },
        { ToolFamily.Hermes, $"<tool_call>{{\"name\": \"f\", \"arguments\": {Short}}} and then <b>", $" and then <b>||f({Short})" },
        { ToolFamily.Hermes, $"<tool_call>{{\"name\": \"f\", \"arguments\": {Short}}}</tool_call> Done.", $" Done.||f({Short})" },
        { ToolFamily.Hermes, "Use <tool_call> to call.", "Use <tool_call> to call.|" },
        { ToolFamily.Hermes, "A \n <tool_call>{\"name\": \"unknown\", \"arguments\": {}}</tool_call>", "A \n <tool_call>{\"name\": \"unknown\", \"arguments\": {}}</tool_call>|" },
        { ToolFamily.Hermes, "2 <3 and <tool", "2 <3 and <tool|" },
        { ToolFamily.Hermes, "<tool_call>{\"name\": \"f\", \"arguments\": {\"cut\": \"of", "||f({\"cut\": \"of)" },
        { ToolFamily.Generic, $"<tool_call>{{\"name\": \"f\", \"arguments\": {Short}}}</tool_call>", $"||f({Short})" },

        { ToolFamily.Llama3, $"{{\"name\": \"weather\", \"parameters\": {Paris}}}", $"||weather({Paris})" },
        { ToolFamily.Llama3, $"<|python_tag|>{{\"name\": \"weather\", \"parameters\": {Paris}}}", $"||weather({Paris})" },
        { ToolFamily.Llama3, $"<|python_tag|>{{\"type\": \"function\", \"name\": \"f\", \"parameters\": {Short}}}; {{\"name\":\"time\",\"parameters\":{{}}}}", $"||f({Short})|time({{}})" },
        { ToolFamily.Llama3, "{\"name\": \"Paris\", \"size\": 3}", "{\"name\": \"Paris\", \"size\": 3}|" },
        { ToolFamily.Llama3, "{\"answer\": 42}", "{\"answer\": 42}|" },

        { ToolFamily.Mistral, $"[TOOL_CALLS] [{{\"name\": \"weather\", \"arguments\": {Paris}}}, {{\"name\": \"f\", \"arguments\": {Short}, \"id\": \"abcdefghi\"}}]", $"||weather({Paris})|f({Short})" },
        { ToolFamily.MistralArguments, $"Sure.[TOOL_CALLS]weather[ARGS]{Paris}[TOOL_CALLS]f[CALL_ID]123456789[ARGS]{Short}", $"Sure.||weather({Paris})|f({Short})" },
        { ToolFamily.MistralArguments, $"[TOOL_CALLS]weather{Paris}", $"||weather({Paris})" },
        { ToolFamily.MistralArguments, "[TOOL_CALLS] of the others", "[TOOL_CALLS] of the others|" },

        { ToolFamily.Functionary, $"One moment. <function=weather>{Paris}</function><function=f>{Short}</function>", $"One moment.||weather({Paris})|f({Short})" },
        { ToolFamily.Functionary, "a <function=nope>{}</function>", "a <function=nope>{}</function>|" },

        {
            ToolFamily.DeepSeek,
            $"<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>weather\n```json\n{Paris}\n```<｜tool▁call▁end｜>\n<｜tool▁call▁begin｜>function<｜tool▁sep｜>f\n```json\n{Short}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
            $"||weather({Paris})|f({Short})"
        },
        { ToolFamily.DeepSeek, $"<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>weather<｜tool▁sep｜>{Paris}<｜tool▁call▁end｜><｜tool▁calls▁end｜>", $"||weather({Paris})" },

        { ToolFamily.FireFunction, $" functools[{{\"name\": \"weather\", \"arguments\": {Paris}}}, {{\"name\": \"f\", \"arguments\": {Short}}}]", $"||weather({Paris})|f({Short})" },
        {
            ToolFamily.CommandR,
            $"I will look.\nAction:\n```json\n[\n    {{\n        \"tool_name\": \"weather\",\n        \"parameters\": {Paris}\n    }},\n    {{\n        \"tool_name\": \"f\",\n        \"parameters\": {Short}\n    }}\n]```\n",
            $"I will look.||weather({Paris})|f({Short})"
        },
        { ToolFamily.CommandR, "Action: none.", "Action: none.|" },
        { ToolFamily.Granite, $"<|tool_call|>[{{\"name\": \"weather\", \"arguments\": {Paris}}},{{\"name\": \"f\", \"arguments\": {Short}}}]", $"||weather({Paris})|f({Short})" },
        { ToolFamily.Granite, $"<tool_call>[{{\"name\": \"weather\", \"arguments\": {Paris}}}]", $"||weather({Paris})" },
        { ToolFamily.Nemotron, $"<TOOLCALL>[{{\"name\": \"weather\", \"arguments\": {Paris}}}, {{\"name\": \"f\", \"arguments\": {Short}}}]</TOOLCALL>", $"||weather({Paris})|f({Short})" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Text_becomes_the_same_parts_however_it_is_cut(ToolFamily family, string text, string expected)
    {
        var plan = Reading.Tools(family);
        Reading.Whole(plan, text).ToString().ShouldBe(expected);
        Reading.ByCharacter(plan, text).ToString().ShouldBe(Reading.Whole(plan, text).ToString());
        for (var seed = 0; seed < 200; seed++)
        {
            Reading.AtRandom(plan, text, new Random(seed)).ToString().ShouldBe(Reading.Whole(plan, text).ToString(), $"seed {seed}");
        }
    }

    /// <summary>Texts made of the pieces that matter, in any order: nothing throws, parts do not depend on the cuts, whole calls hold JSON.</summary>
    [Fact]
    public void Any_text_is_read_the_same_way_however_it_is_cut()
    {
        string[] pieces =
        [
            "<tool_call>", "</tool_call>", "{\"name\": \"f\", \"arguments\": ", "{\"name\":", "{\"a\": [1, \"}\"]}", "{}", "}", "\n", " ", "text", "é", "\"", "\\",
            "[TOOL_CALLS]", "[ARGS]", "f", "<function=f>", "</function>", "<｜tool▁calls▁begin｜>", "<｜tool▁call▁begin｜>", "<｜tool▁sep｜>", "<｜tool▁call▁end｜>",
            "function", "```json\n", "```", "functools[", "Action:", "<|tool_call|>", "<TOOLCALL>", "</TOOLCALL>", "[", "]", ",", ";", "<|python_tag|>", "null", "7",
        ];
        for (var seed = 0; seed < 4000; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)]));
            var family = (ToolFamily)random.Next(Enum.GetValues<ToolFamily>().Length);
            var plan = Reading.Tools(family);
            var whole = Reading.Whole(plan, text).ToString();
            Reading.ByCharacter(plan, text).ToString().ShouldBe(whole, $"{family}: {text}");
            Reading.AtRandom(plan, text, random).ToString().ShouldBe(whole, $"{family}: {text}");
        }
    }

    [Fact]
    public void Arguments_go_out_while_they_come_in()
    {
        var plan = Reading.Tools(ToolFamily.Hermes);

        var sink = Reading.Read(plan, ["<tool_call>\n{\"name\": \"weather\", \"arguments\": ", "{\"city\": ", "\"Par", "is\"", "}", "}\n</tool_call>"]);

        sink.ArgumentPieces.ShouldBe(["{\"city\": ", "\"Par", "is\"", "}"]);
        JsonDocument.Parse(sink.Calls.Single().Arguments.ToString()).RootElement.GetProperty("city").GetString().ShouldBe("Paris");
    }

    [Fact]
    public void Text_goes_out_at_once_except_what_may_begin_a_call()
    {
        var sink = new RecordingSink();
        var reader = new PolarGrid.Engine.Answers.AnswerReader(Reading.Tools(ToolFamily.Hermes), opened: false, sink);

        reader.Add("It is <too"u8, 1);
        sink.Text.ShouldBe("It is");
        reader.Add("l cold."u8, 1);

        sink.Text.ShouldBe("It is <tool cold.");
    }
}
