using System.Text.Json;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine;
using PolarGrid.Engine.Tools;
using Shouldly;

namespace PolarGrid.Edge.Tests.Chat.Tools;

/// <summary>Calls in answers, whole and streamed (wire format 6 and 7.3).</summary>
public sealed class ToolAnswerTests
{
    private const string Two =
        "<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Ottawa \\\"x\\\"\"}}\n</tool_call>\n<tool_call>\n{\"name\": \"time\", \"arguments\": {}}\n</tool_call>";

    [Fact]
    public async Task Whole_answer_has_calls_and_no_content()
    {
        await using var server = await ToolServer.StartAsync();
        server.Says(Two);

        var choice = (await server.AnswerAsync(ToolServer.Tools)).GetProperty("choices")[0];

        choice.GetProperty("finish_reason").GetString().ShouldBe("tool_calls");
        var message = choice.GetProperty("message");
        message.GetProperty("content").ValueKind.ShouldBe(JsonValueKind.Null);
        var calls = message.GetProperty("tool_calls").EnumerateArray().ToList();
        calls.Select(call => call.GetProperty("function").GetProperty("name").GetString()).ShouldBe(["weather", "time"]);
        calls.Select(call => call.GetProperty("function").GetProperty("arguments").GetString()).ShouldBe(["{\"city\": \"Ottawa \\\"x\\\"\"}", "{}"]);
        calls.ShouldAllBe(call => call.GetProperty("type").GetString() == "function");
        var ids = calls.Select(call => call.GetProperty("id").GetString()!).ToList();
        ids.ShouldAllBe(id => id.StartsWith("call_"));
        ids.ShouldBeUnique();
    }

    [Fact]
    public async Task Streamed_calls_name_themselves_once_and_send_arguments_in_pieces()
    {
        await using var server = await ToolServer.StartAsync();
        server.Says(Two);

        var chunks = await server.ChunksAsync(ToolServer.Tools);

        chunks[^1].GetProperty("finish_reason").GetString().ShouldBe("tool_calls");
        chunks[^1].GetProperty("delta").EnumerateObject().ShouldBeEmpty();
        var deltas = chunks[1..^1].Select(chunk => chunk.GetProperty("delta").GetProperty("tool_calls").EnumerateArray().Single()).ToList();
        foreach (var (index, name, arguments) in ((int, string, string)[])[(0, "weather", "{\"city\": \"Ottawa \\\"x\\\"\"}"), (1, "time", "{}")])
        {
            var own = deltas.Where(delta => delta.GetProperty("index").GetInt32() == index).ToList();
            own[0].GetProperty("id").GetString()!.ShouldStartWith("call_");
            own[0].GetProperty("type").GetString().ShouldBe("function");
            own[0].GetProperty("function").GetProperty("name").GetString().ShouldBe(name);
            own[0].GetProperty("function").GetProperty("arguments").GetString().ShouldBe("");
            foreach (var later in own[1..])
            {
                later.EnumerateObject().Select(member => member.Name).ShouldBe(["index", "function"]);
                later.GetProperty("function").EnumerateObject().Single().Name.ShouldBe("arguments");
            }

            string.Concat(own.Select(delta => delta.GetProperty("function").GetProperty("arguments").GetString())).ShouldBe(arguments);
        }

        deltas.Count(delta => delta.GetProperty("index").GetInt32() == 0).ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Content_before_a_call_stays_content()
    {
        await using var server = await ToolServer.StartAsync();
        server.Says("Let me look.\n" + Two);

        var message = (await server.AnswerAsync(ToolServer.Tools)).GetProperty("choices")[0].GetProperty("message");
        var chunks = await server.ChunksAsync(ToolServer.Tools);

        message.GetProperty("content").GetString().ShouldBe("Let me look.");
        message.GetProperty("tool_calls").GetArrayLength().ShouldBe(2);
        string.Concat(chunks.Select(chunk => chunk.GetProperty("delta").TryGetProperty("content", out var text) ? text.GetString() : "")).ShouldBe("Let me look.");
    }

    [Theory]
    [InlineData("")]
    [InlineData(ToolServer.Tools + ",\"tool_choice\":\"none\"")]
    public async Task Without_tools_to_call_all_text_is_content(string fields)
    {
        await using var server = await ToolServer.StartAsync();
        server.Says(Two);

        var choice = (await server.AnswerAsync(fields)).GetProperty("choices")[0];

        choice.GetProperty("finish_reason").GetString().ShouldBe("stop");
        choice.GetProperty("message").GetProperty("content").GetString().ShouldBe(Two);
        choice.GetProperty("message").TryGetProperty("tool_calls", out _).ShouldBeFalse();
        ((ChatPrompt)server.Engine.LastCall.Request.Prompt).Tools.ShouldBeNull();
    }

    [Fact]
    public async Task Call_that_the_token_limit_cuts_says_length()
    {
        await using var server = await ToolServer.StartAsync();
        server.Says("<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Ott", FinishReason.Length);

        var choice = (await server.AnswerAsync(ToolServer.Tools)).GetProperty("choices")[0];
        var chunks = await server.ChunksAsync(ToolServer.Tools);

        choice.GetProperty("finish_reason").GetString().ShouldBe("length");
        choice.GetProperty("message").GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString().ShouldBe("{\"city\": \"Ott");
        chunks[^1].GetProperty("finish_reason").GetString().ShouldBe("length");
    }

    [Fact]
    public async Task Functions_are_answered_in_their_own_form()
    {
        const string Functions = "\"functions\":[{\"name\":\"weather\",\"parameters\":{\"type\":\"object\"}}],\"function_call\":\"auto\"";
        await using var server = await ToolServer.StartAsync();
        server.Says("<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Ottawa\"}}\n</tool_call>");

        var choice = (await server.AnswerAsync(Functions)).GetProperty("choices")[0];
        var chunks = await server.ChunksAsync(Functions);

        choice.GetProperty("finish_reason").GetString().ShouldBe("function_call");
        var message = choice.GetProperty("message");
        message.GetProperty("function_call").GetRawText().ShouldBe("{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\": \\\"Ottawa\\\"}\"}");
        message.TryGetProperty("tool_calls", out _).ShouldBeFalse();
        chunks[^1].GetProperty("finish_reason").GetString().ShouldBe("function_call");
        var pieces = chunks[1..^1].Select(chunk => chunk.GetProperty("delta").GetProperty("function_call")).ToList();
        pieces[0].GetProperty("name").GetString().ShouldBe("weather");
        string.Concat(pieces.Select(piece => piece.GetProperty("arguments").GetString())).ShouldBe("{\"city\": \"Ottawa\"}");
        var shown = ((ChatPrompt)server.Engine.LastCall.Request.Prompt).Tools!.Value[0];
        shown.GetProperty("type").GetString().ShouldBe("function");
        shown.GetProperty("function").GetProperty("name").GetString().ShouldBe("weather");
    }

    [Fact]
    public async Task Every_choice_has_its_own_calls()
    {
        await using var server = await ToolServer.StartAsync();
        server.Says(Two);

        var answer = await server.AnswerAsync(ToolServer.Tools + ",\"n\":2");

        var choices = answer.GetProperty("choices").EnumerateArray().ToList();
        choices.Count.ShouldBe(2);
        choices.SelectMany(choice => choice.GetProperty("message").GetProperty("tool_calls").EnumerateArray())
            .Select(call => call.GetProperty("id").GetString()).ShouldBeUnique();
    }

    [Fact]
    public async Task Markers_that_are_control_tokens_are_asked_for_as_text()
    {
        await using var server = await ToolServer.StartAsync(ToolFamily.MistralArguments);
        server.Says("[TOOL_CALLS]time[ARGS]{}");

        var choice = (await server.AnswerAsync(ToolServer.Tools)).GetProperty("choices")[0];

        choice.GetProperty("finish_reason").GetString().ShouldBe("tool_calls");
        server.Engine.LastCall.Request.ShownTokens.ShouldBe(["[TOOL_CALLS]", "[ARGS]", "[CALL_ID]"]);
    }
}
