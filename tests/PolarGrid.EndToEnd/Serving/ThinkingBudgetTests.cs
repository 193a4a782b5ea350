using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using Shouldly;

namespace PolarGrid.EndToEnd.Serving;

/// <summary>A real model that thinks is stopped in the middle of it and answers all the same.</summary>
[Collection(ServerCollection.Name)]
public sealed class ThinkingBudgetTests(ServerFixture fixture)
{
    /// <summary>The marker that opens, a line end and the marker that closes are thinking in the usage, but not in the budget.</summary>
    private const int MarkerTokens = 3;

    [ModelFact]
    public async Task Thinking_is_as_long_as_the_budget_and_the_answer_follows()
    {
        if (!TestModel.IsBuiltIn) return;
        var free = await AskAsync(null);
        free.Thinking.ShouldNotBeNullOrWhiteSpace();
        free.ThinkingTokens.ShouldBeGreaterThan(6 + MarkerTokens);

        foreach (var budget in (int[])[0, 1, 2, 6])
        {
            var bound = await AskAsync(request => request["thinking_token_budget"] = budget);
            bound.ThinkingTokens.ShouldBeInRange(budget, budget + MarkerTokens);
            free.Thinking!.ShouldStartWith(bound.Thinking ?? "");
            bound.Content.ShouldNotBeNullOrWhiteSpace();
            bound.Content.ShouldNotContain("think>");
            bound.Finish.ShouldBe("stop");
        }

        var wide = await AskAsync(request => request["thinking_token_budget"] = 1000);
        wide.ShouldBe(free);
    }

    [ModelFact]
    public async Task Content_holds_both_markers_where_thinking_stands_in_it()
    {
        if (!TestModel.IsBuiltIn) return;
        var bound = await AskAsync(request =>
        {
            request["thinking_token_budget"] = 2;
            request.Remove("include_reasoning");
        });

        bound.Content!.TrimStart().ShouldStartWith("<think>");
        bound.Content.Split("</think>").Length.ShouldBe(2);
        bound.Content.Split("</think>")[1].ShouldNotBeNullOrWhiteSpace();
    }

    [ModelFact]
    public async Task Forced_end_fits_an_answer_that_is_held_to_a_form()
    {
        if (!TestModel.IsBuiltIn) return;
        var json = await AskAsync(request =>
        {
            request["thinking_token_budget"] = 2;
            request["response_format"] = JsonNode.Parse("""
                {"type":"json_schema","json_schema":{"name":"sum","schema":{"type":"object","properties":{"sum":{"type":"integer","maximum":99,"minimum":0}},"required":["sum"],"additionalProperties":false}}}
                """);
        });
        JsonNode.Parse(json.Content!)!["sum"].ShouldNotBeNull();
        json.ThinkingTokens.ShouldBeLessThanOrEqualTo(2 + MarkerTokens);

        var request = Question();
        request["thinking_token_budget"] = 2;
        request["tool_choice"] = "required";
        request["tools"] = JsonNode.Parse("""[{"type":"function","function":{"name":"add","parameters":{"type":"object","properties":{"a":{"type":"integer","maximum":99,"minimum":0}},"required":["a"],"additionalProperties":false}}}]""");
        var called = (await fixture.Api.ChatAsync(request))["choices"]![0]!;
        ((string?)called["finish_reason"]).ShouldBe("tool_calls");
        JsonNode.Parse((string)called["message"]!["tool_calls"]![0]!["function"]!["arguments"]!)!["a"].ShouldNotBeNull();
    }

    private static JsonObject Question()
    {
        var request = Api.Chat(TestModel.Name, ("user", "What is 2 plus 3?"));
        request["enable_thinking"] = true;
        request["include_reasoning"] = true;
        request["max_tokens"] = 100;
        return request;
    }

    private async Task<Thought> AskAsync(Action<JsonObject>? change)
    {
        var request = Question();
        change?.Invoke(request);
        var answer = await fixture.Api.ChatAsync(request);
        var choice = answer["choices"]![0]!;
        return new Thought(
            (string?)choice["message"]!["reasoning_content"],
            (string?)choice["message"]!["content"],
            (string?)choice["finish_reason"],
            (int)answer["usage"]!["completion_tokens_details"]!["reasoning_tokens"]!);
    }

    private sealed record Thought(string? Thinking, string? Content, string? Finish, int ThinkingTokens);
}
