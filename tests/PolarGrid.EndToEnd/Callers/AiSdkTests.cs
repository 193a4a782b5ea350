using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using Shouldly;

namespace PolarGrid.EndToEnd.Callers;

/// <summary>Vercel's AI SDK as the client; its script runs once and each test looks at a part of what it saw.</summary>
[Collection(ServerCollection.Name)]
public sealed class AiSdkTests(ServerFixture fixture, AiSdkTests.Run run) : IClassFixture<AiSdkTests.Run>
{
    [NodeFact]
    public async Task A_streamed_answer_is_the_whole_one_in_pieces()
    {
        var (whole, streamed) = (await SeenAsync("chat"), await SeenAsync("chatStream"));

        ((string)streamed["text"]!).ShouldBe((string)whole["text"]!);
        ((int)streamed["pieces"]!).ShouldBeGreaterThan(3);
        ((string)streamed["finish"]!).ShouldBe((string)whole["finish"]!);
        ((int)streamed["usage"]!["outputTokens"]!).ShouldBe((int)whole["usage"]!["outputTokens"]!);
    }

    [NodeFact]
    public async Task Leaving_in_the_middle_leaves_nothing_running()
    {
        ((int)(await SeenAsync("leave"))["pieces"]!).ShouldBe(2);
        await fixture.Api.WaitUntilIdleAsync();
    }

    [NodeFact]
    public async Task A_tool_runs_and_its_result_is_answered()
    {
        var seen = await SeenAsync("tools");

        ((bool)seen["fits"]!).ShouldBeTrue();
        ((int)seen["steps"]!).ShouldBe(2);
        ((string?)seen["first"]).ShouldBe("tool-calls");
        ((string?)seen["last"]).ShouldBeOneOf("stop", "length");
    }

    [NodeFact]
    public async Task A_schema_gives_a_typed_result() => ((bool)(await SeenAsync("typed"))["fits"]!).ShouldBeTrue();

    [NodeFact]
    public async Task A_text_becomes_a_vector_of_length_1() => ((double)(await SeenAsync("embedding"))["length"]!).ShouldBe(1, 1e-3);

    [NodeFact]
    public async Task Errors_arrive_as_the_clients_own_with_the_servers_sentence()
    {
        var (key, hot) = (await SeenAsync("wrongKey"), await SeenAsync("hot"));

        ((string?)key["thrown"]).ShouldBe("APICallError");
        ((int)key["status"]!).ShouldBe(401);
        ((bool)key["retryable"]!).ShouldBeFalse();
        ((int)hot["status"]!).ShouldBe(400);
        ((string)hot["message"]!).ShouldContain("temperature");
    }

    [NodeFact]
    public async Task A_full_queue_is_tried_again() => ((string?)(await SeenAsync("retried"))["text"]).ShouldBe("At last.");

    [NodeFact]
    public async Task A_minute_that_is_used_up_is_an_APICallError_or_is_waited_for()
    {
        var (refused, retried) = (await SeenAsync("limited"), await SeenAsync("limitedRetried"));

        ((string?)refused["thrown"]).ShouldBe("APICallError");
        ((int)refused["status"]!).ShouldBe(429);
        ((bool)refused["retryable"]!).ShouldBeTrue();
        ((string)refused["message"]!).ShouldStartWith("Rate limit exceeded");
        ((string?)retried["text"]).ShouldBe("At last.");
        ((int)retried["waitedMs"]!).ShouldBeInRange(950, 20_000);
    }

    private Task<JsonNode> SeenAsync(string part) => run.SeenAsync(fixture, part);

    /// <summary>One run of the script.</summary>
    public sealed class Run() : ScriptRun("ai-sdk.mjs");
}
