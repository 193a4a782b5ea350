using System.Text.Json;
using PolarGrid.Edge.Tests.Chat.Tools;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine;
using Shouldly;

namespace PolarGrid.Edge.Tests.Chat;

/// <summary>Thinking in answers: where it stands, whether it is on, how it is counted.</summary>
public sealed class ReasoningTests
{
    private const string Answer = "<think>\nhm\n</think>\n\nYes.";

    [Theory]
    [InlineData("\"enable_thinking\":true", null, Answer, null)]
    [InlineData("\"enable_thinking\":true", "openai", "Yes.", "hm")]
    [InlineData("\"enable_thinking\":true", "grid", "Yes.", "hm")]
    [InlineData("\"enable_thinking\":true,\"include_reasoning\":true", null, "Yes.", "hm")]
    [InlineData("\"enable_thinking\":true,\"include_reasoning\":false", null, "Yes.", null)]
    [InlineData("\"enable_thinking\":true,\"include_reasoning\":false", "openai", "Yes.", null)]
    public async Task Thinking_stands_where_profile_and_request_say(string fields, string? profile, string content, string? reasoning)
    {
        await using var server = await ToolServer.StartAsync(thinks: true);
        server.Says(Answer);

        var message = (await server.AnswerAsync(fields, profile)).GetProperty("choices")[0].GetProperty("message");
        var deltas = (await server.ChunksAsync(fields, profile)).Select(chunk => chunk.GetProperty("delta")).ToList();

        message.GetProperty("content").GetString().ShouldBe(content);
        (message.TryGetProperty("reasoning_content", out var own) ? own.GetString() : null).ShouldBe(reasoning);
        Join(deltas, "content").ShouldBe(content);
        Join(deltas, "reasoning_content").ShouldBe(reasoning ?? "");
    }

    [Theory]
    [InlineData(null, "", false)]
    [InlineData(null, ",\"include_reasoning\":true", true)]
    [InlineData(null, ",\"include_reasoning\":false", true)]
    [InlineData("openai", "", true)]
    public async Task Stop_texts_count_in_thinking_only_where_it_is_content(string? profile, string fields, bool apart)
    {
        await using var server = await ToolServer.StartAsync(thinks: true);
        server.Says(Answer);

        await server.AnswerAsync("\"enable_thinking\":true,\"stop\":\"hm\"" + fields, profile);

        server.Engine.LastCall.Request.StopBehind.ShouldBe(apart ? server.Engine.Model.Template.Reasoning : null);
    }

    [Fact]
    public async Task Tokens_of_thinking_are_in_the_usage_of_both_forms()
    {
        await using var server = await ToolServer.StartAsync(thinks: true);
        server.Says(Answer, every: 1000);
        server.Engine.Script = request => PolarGrid.Testing.Steps.Answer(request, "<think>", "hm", "</think>", "Yes", ".");

        var whole = await server.AnswerAsync("\"enable_thinking\":true");
        using var response = await server.ChatAsync("\"enable_thinking\":true,\"stream\":true,\"stream_options\":{\"include_usage\":true}");
        var streamed = JsonDocument.Parse((await response.EventsAsync())[^2]).RootElement;

        foreach (var usage in (JsonElement[])[whole.GetProperty("usage"), streamed.GetProperty("usage")])
        {
            usage.GetProperty("completion_tokens_details").GetProperty("reasoning_tokens").GetInt32().ShouldBe(3);
            usage.GetProperty("completion_tokens").GetInt32().ShouldBe(6);
        }
    }

    [Fact]
    public async Task Calls_after_thinking_are_calls_and_those_inside_are_not()
    {
        const string Call = "<tool_call>{\"name\": \"time\", \"arguments\": {}}</tool_call>";
        await using var server = await ToolServer.StartAsync(thinks: true);
        server.Says($"<think>maybe {Call}</think>\n{Call}");

        var message = (await server.AnswerAsync(ToolServer.Tools + ",\"include_reasoning\":true")).GetProperty("choices")[0].GetProperty("message");

        message.GetProperty("content").ValueKind.ShouldBe(JsonValueKind.Null);
        message.GetProperty("reasoning_content").GetString().ShouldBe($"maybe {Call}");
        message.GetProperty("tool_calls").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("", false, false, null)]
    [InlineData("\"enable_thinking\":true", true, false, null)]
    [InlineData("\"enable_thinking\":false", false, true, null)]
    [InlineData("\"enable_thinking\":true,\"thinking_token_budget\":0", false, false, null)]
    [InlineData("\"reasoning_effort\":\"none\"", false, true, "none")]
    [InlineData("\"reasoning_effort\":\"low\"", true, false, "low")]
    [InlineData("\"chat_template_kwargs\":{\"thinking\":true,\"reasoning_effort\":\"high\"}", true, false, "high")]
    public async Task Switches_reach_the_template(string fields, bool on, bool closes, string? effort)
    {
        await using var server = await ToolServer.StartAsync(thinks: true);

        await server.AnswerAsync(fields);

        var prompt = (ChatPrompt)server.Engine.LastCall.Request.Prompt;
        prompt.TemplateVariables!["enable_thinking"].GetBoolean().ShouldBe(on);
        prompt.TemplateVariables["thinking"].GetBoolean().ShouldBe(on);
        prompt.ClosesThinking.ShouldBe(closes);
        (prompt.TemplateVariables.TryGetValue("reasoning_effort", out var value) ? value.GetString() : null).ShouldBe(effort);
    }

    [Fact]
    public async Task Budget_reaches_a_template_that_takes_one()
    {
        await using var server = await ToolServer.StartAsync(thinks: true, switches: "thinking_budget");

        await server.AnswerAsync("\"enable_thinking\":true,\"thinking_token_budget\":512");

        ((ChatPrompt)server.Engine.LastCall.Request.Prompt).TemplateVariables!["thinking_budget"].GetInt32().ShouldBe(512);
    }

    [Theory]
    [InlineData("\"enable_thinking\":true", null)]
    [InlineData("\"thinking_token_budget\":40", 40)]
    [InlineData("\"enable_thinking\":true,\"thinking_token_budget\":0", 0)]
    [InlineData("\"enable_thinking\":false,\"thinking_token_budget\":40", null)]
    [InlineData("\"reasoning_effort\":\"low\",\"thinking_token_budget\":9", 9)]
    [InlineData("\"chat_template_kwargs\":{\"enable_thinking\":true,\"thinking_budget\":7}", 7)]
    [InlineData("\"reasoning_effort\":\"none\"", null)]
    [InlineData("\"reasoning_effort\":\"minimal\"", 128)]
    [InlineData("\"reasoning_effort\":\"low\"", 512)]
    [InlineData("\"reasoning_effort\":\"medium\"", 2048)]
    [InlineData("\"reasoning_effort\":\"high\"", 8192)]
    [InlineData("\"reasoning_effort\":\"xhigh\"", 32_768)]
    [InlineData("\"reasoning_effort\":\"max\"", null)]
    public async Task Budget_or_effort_bounds_the_thinking(string fields, int? tokens)
    {
        await using var server = await ToolServer.StartAsync(thinks: true);

        await server.AnswerAsync(fields);

        var budget = server.Engine.LastCall.Request.Thinking;
        (budget?.Tokens).ShouldBe(tokens);
        if (budget is not null) budget.Markers.Close.ShouldBe("</think>");
    }

    [Fact]
    public async Task Effort_that_the_template_tells_the_model_sets_no_budget()
    {
        await using var server = await ToolServer.StartAsync(thinks: true, switches: "reasoning_effort");

        await server.AnswerAsync("\"reasoning_effort\":\"low\"");

        server.Engine.LastCall.Request.Thinking.ShouldBeNull();
    }

    [Theory]
    [InlineData("\"thinking_token_budget\":40", "thinking_token_budget")]
    [InlineData("\"chat_template_kwargs\":{\"thinking_budget\":7}", "chat_template_kwargs.thinking_budget")]
    public async Task Model_that_does_not_think_refuses_a_budget(string fields, string field)
    {
        await using var server = await EdgeServer.StartAsync();

        using var response = await server.ChatAsync(fields);

        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        var error = await response.ErrorAsync();
        error.GetProperty("param").GetString().ShouldBe(field);
        error.GetProperty("message").GetString().ShouldBe($"'{field}' is not supported: this model does not think; 'max_completion_tokens' bounds its answer.");
    }

    private static string Join(List<JsonElement> deltas, string name) =>
        string.Concat(deltas.Select(delta => delta.TryGetProperty(name, out var text) ? text.GetString() : ""));
}
