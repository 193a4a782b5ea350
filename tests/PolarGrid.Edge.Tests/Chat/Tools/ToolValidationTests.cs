using System.Net;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine;
using Shouldly;

namespace PolarGrid.Edge.Tests.Chat.Tools;

/// <summary>What tools, choices and conversations may not be, one row per rule (wire format 3.2, 4 and 5.1).</summary>
public sealed class ToolValidationTests(EdgeFixture fixture) : IClassFixture<EdgeFixture>
{
    private const string F = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}},{\"type\":\"function\",\"function\":{\"name\":\"g\"}}]";
    private const string U = "{\"role\":\"user\",\"content\":\"x\"}";

    [Theory]
    [InlineData("\"tools\":{}", "tools", "invalid_type")]
    [InlineData("\"tools\":[5]", "tools[0]", "invalid_type")]
    [InlineData("\"tools\":[{\"function\":{\"name\":\"f\"}}]", "tools[0].type", "missing_required_parameter")]
    [InlineData("\"tools\":[{\"type\":\"gadget\"}]", "tools[0].type", "invalid_value")]
    [InlineData("\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"f\"}}]", "tools[0].type", "unsupported_value")]
    [InlineData("\"tools\":[{\"type\":\"function\"}]", "tools[0].function", "missing_required_parameter")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{}}]", "tools[0].function.name", "missing_required_parameter")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"\"}}]", "tools[0].function.name", "invalid_value")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a b\"}}]", "tools[0].function.name", "invalid_value")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}}]", "tools[0].function.name", "string_above_max_length")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}},{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]", "tools[1].function.name", "invalid_value")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":7}}]", "tools[0].function.description", "invalid_type")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":\"yes\"}}]", "tools[0].function.strict", "invalid_type")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":[]}}]", "tools[0].function.parameters", "invalid_type")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"string\"}}}]", "tools[0].function.parameters.type", "invalid_function_parameters")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"title\":\"\\ud800\"}}}]", "tools[0].function.parameters.title", "invalid_value")]
    [InlineData("\"tool_choice\":\"auto\"", "tool_choice", "invalid_value")]
    [InlineData("\"tool_choice\":\"required\"", "tool_choice", "invalid_value")]
    [InlineData("\"tools\":[],\"tool_choice\":\"required\"", "tool_choice", "invalid_value")]
    [InlineData("\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}", "tool_choice", "invalid_value")]
    [InlineData(F + ",\"tool_choice\":\"any\"", "tool_choice", "invalid_value")]
    [InlineData(F + ",\"tool_choice\":5", "tool_choice", "invalid_type")]
    [InlineData(F + ",\"tool_choice\":{}", "tool_choice.type", "missing_required_parameter")]
    [InlineData(F + ",\"tool_choice\":{\"type\":\"function\"}", "tool_choice.function", "missing_required_parameter")]
    [InlineData(F + ",\"tool_choice\":{\"type\":\"function\",\"function\":{}}", "tool_choice.function.name", "missing_required_parameter")]
    [InlineData(F + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"h\"}}", "tool_choice", "invalid_value")]
    [InlineData(F + ",\"tool_choice\":{\"type\":\"custom\",\"custom\":{\"name\":\"f\"}}", "tool_choice.type", "unsupported_value")]
    [InlineData(F + ",\"tool_choice\":{\"type\":\"allowed_tools\"}", "tool_choice.allowed_tools", "missing_required_parameter")]
    [InlineData(F + ",\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"none\",\"tools\":[]}}", "tool_choice.allowed_tools.mode", "invalid_value")]
    [InlineData(F + ",\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[]}}", "tool_choice.allowed_tools.tools", "empty_array")]
    [InlineData(F + ",\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"h\"}}]}}", "tool_choice", "invalid_value")]
    [InlineData("\"functions\":[{\"name\":\"f\",\"parameters\":7}]", "functions[0].parameters", "invalid_type")]
    [InlineData("\"functions\":[{}]", "functions[0].name", "missing_required_parameter")]
    [InlineData("\"function_call\":{\"name\":\"f\"}", "function_call", "invalid_value")]
    [InlineData("\"functions\":[{\"name\":\"f\"}],\"function_call\":\"required\"", "function_call", "invalid_value")]
    [InlineData("\"functions\":[{\"name\":\"f\"}],\"function_call\":{}", "function_call.name", "missing_required_parameter")]
    [InlineData(F + ",\"functions\":[{\"name\":\"f\"}]", "functions", "invalid_value")]
    [InlineData("\"enable_thinking\":true,\"reasoning_effort\":\"none\"", "reasoning_effort", "invalid_value")]
    [InlineData("\"enable_thinking\":false,\"reasoning_effort\":\"high\"", "reasoning_effort", "invalid_value")]
    [InlineData("\"enable_thinking\":false,\"chat_template_kwargs\":{\"enable_thinking\":true}", "chat_template_kwargs", "invalid_value")]
    [InlineData("\"chat_template_kwargs\":{\"enable_thinking\":true,\"thinking\":false}", "chat_template_kwargs", "invalid_value")]
    [InlineData("\"chat_template_kwargs\":{\"reasoning_effort\":\"high\"},\"reasoning_effort\":\"low\"", "chat_template_kwargs", "invalid_value")]
    [InlineData("\"thinking_token_budget\":3,\"chat_template_kwargs\":{\"thinking_budget\":5}", "chat_template_kwargs", "invalid_value")]
    [InlineData(F + ",\"tool_choice\":\"required\",\"function_call\":\"none\"", "function_call", "invalid_value")]
    [InlineData("\"include_reasoning\":\"yes\"", "include_reasoning", "invalid_type")]
    [InlineData("\"thinking_token_budget\":100", "thinking_token_budget", "unsupported_parameter")]
    [InlineData("\"thinking_token_budget\":-1", "thinking_token_budget", "integer_below_min_value")]
    [InlineData("\"chat_template_kwargs\":{\"reasoning_effort\":\"some\"}", "chat_template_kwargs.reasoning_effort", "invalid_value")]
    public async Task Bad_field_is_refused_by_name(string field, string param, string code)
    {
        using var response = await fixture.Server.ChatAsync(field);

        await response.ShouldBeRefusedAsync(param, code);
    }

    [Theory]
    [InlineData("{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{}]}", "messages[1].tool_calls[0].id", "missing_required_parameter")]
    [InlineData("{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\"}]}", "messages[1].tool_calls[0].function", "missing_required_parameter")]
    [InlineData("{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"custom\"}]}", "messages[1].tool_calls[0].type", "unsupported_value")]
    [InlineData("{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\"}}]}", "messages[1].tool_calls[0].function.arguments", "missing_required_parameter")]
    [InlineData("{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":{}}}]}", "messages[1].tool_calls[0].function.arguments", "invalid_type")]
    [InlineData("{\"role\":\"user\",\"content\":\"x\",\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}", "messages[1].tool_calls", "invalid_value")]
    [InlineData("{\"role\":\"user\",\"content\":\"x\",\"tool_call_id\":\"a\"}", "messages[1].tool_call_id", "invalid_value")]
    [InlineData("{\"role\":\"tool\",\"content\":\"x\",\"tool_call_id\":\"a\"}", "messages[1].role", "invalid_value")]
    [InlineData("{\"role\":\"tool\",\"content\":\"x\"}", "messages[1].tool_call_id", "missing_required_parameter")]
    [InlineData("{\"role\":\"function\",\"name\":\"f\",\"content\":\"x\"}", "messages[1].role", "invalid_value")]
    [InlineData("{\"role\":\"function\",\"content\":\"x\"}", "messages[1].name", "missing_required_parameter")]
    [InlineData("CALL", "messages[1].tool_calls", "invalid_value")]
    [InlineData("CALL,USER", "messages[1].tool_calls", "invalid_value")]
    [InlineData("CALL,{\"role\":\"tool\",\"tool_call_id\":\"b\",\"content\":\"x\"}", "messages[2].tool_call_id", "invalid_value")]
    [InlineData("CALL,TOOL,TOOL", "messages[3].tool_call_id", "invalid_value")]
    [InlineData("CALL,TOOL,USER,TOOL", "messages[4].role", "invalid_value")]
    [InlineData("CALL,{\"role\":\"tool\",\"tool_call_id\":\"a\"}", "messages[2].content", "missing_required_parameter")]
    [InlineData("{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}},{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}", "messages[1].tool_calls", "invalid_value")]
    [InlineData("FUNCTION,{\"role\":\"function\",\"name\":\"g\",\"content\":\"x\"}", "messages[2].name", "invalid_value")]
    public async Task Bad_conversation_is_refused_by_its_path(string messages, string param, string code)
    {
        using var response = await fixture.Server.PostAsync("/v1/chat/completions", $"{{\"model\":\"test-model\",\"messages\":[{U},{Spell(messages)}]}}");

        await response.ShouldBeRefusedAsync(param, code);
    }

    [Fact]
    public async Task Calls_and_results_reach_the_engine()
    {
        var conversation = Spell("CALL,{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":[{\"type\":\"text\",\"text\":\"12 \"},{\"type\":\"text\",\"text\":\"C\"}]},FUNCTION,RESULT,USER");
        using var response = await fixture.Server.PostAsync("/v1/chat/completions", $"{{\"model\":\"test-model\",\"messages\":[{U},{conversation}],{F}}}");

        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var turns = ((ChatPrompt)fixture.Server.Engine.LastCall.Request.Prompt).Messages;
        turns[1].ToolCalls.ShouldBe([new ToolCall("a", "f", "{\"x\":1}")]);
        turns[1].Content.ShouldBeNull();
        turns[2].ShouldBe(new ChatTurn { Role = "tool", Content = "12 C", ToolCallId = "a", Name = "f" });
        var legacy = turns[3].ToolCalls!.Single();
        (legacy.Name, legacy.Arguments).ShouldBe(("f", "{}"));
        turns[4].ShouldBe(new ChatTurn { Role = "tool", Content = "done", ToolCallId = legacy.Id, Name = "f" });
    }

    [Theory]
    [InlineData(F)]
    [InlineData(F + ",\"tool_choice\":\"auto\",\"parallel_tool_calls\":false")]
    [InlineData("\"functions\":[],\"function_call\":\"auto\"")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f-_9\",\"description\":null,\"parameters\":null,\"strict\":null,\"other\":1}}]")]
    [InlineData("\"enable_thinking\":true,\"reasoning_effort\":\"low\",\"include_reasoning\":true")]
    public async Task Good_field_passes(string field)
    {
        using var response = await fixture.Server.ChatAsync(field);

        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Too_many_tools_are_refused()
    {
        var tools = string.Join(',', Enumerable.Range(0, 129).Select(number => $"{{\"type\":\"function\",\"function\":{{\"name\":\"f{number}\"}}}}"));
        using var response = await fixture.Server.ChatAsync($"\"tools\":[{tools}]");

        await response.ShouldBeRefusedAsync("tools", "array_above_max_length");
    }

    private static string Spell(string messages) => messages
        .Replace("CALL", "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"}}]}", StringComparison.Ordinal)
        .Replace("FUNCTION", "{\"role\":\"assistant\",\"content\":null,\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}}", StringComparison.Ordinal)
        .Replace("RESULT", "{\"role\":\"function\",\"name\":\"f\",\"content\":\"done\"}", StringComparison.Ordinal)
        .Replace("TOOL", "{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"x\"}", StringComparison.Ordinal)
        .Replace("USER", U, StringComparison.Ordinal);
}
