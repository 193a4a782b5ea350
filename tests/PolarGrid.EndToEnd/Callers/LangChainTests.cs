using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using Shouldly;

namespace PolarGrid.EndToEnd.Callers;

/// <summary>LangChain for JavaScript as the client; its script runs once and each test looks at a part of what it saw.</summary>
[Collection(ServerCollection.Name)]
public sealed class LangChainTests(ServerFixture fixture, LangChainTests.Run run) : IClassFixture<LangChainTests.Run>
{
    [NodeFact]
    public async Task A_streamed_answer_is_the_whole_one_in_pieces()
    {
        var (whole, streamed) = (await SeenAsync("chat"), await SeenAsync("chatStream"));

        ((string)streamed["text"]!).ShouldBe((string)whole["text"]!);
        ((int)streamed["pieces"]!).ShouldBeGreaterThan(3);
        ((int)streamed["usage"]!["output_tokens"]!).ShouldBe((int)whole["usage"]!["output_tokens"]!);
        ((string)(await SeenAsync("completion"))["text"]!).ShouldNotBeEmpty();
    }

    [NodeFact]
    public async Task Leaving_in_the_middle_leaves_nothing_running()
    {
        ((int)(await SeenAsync("leave"))["pieces"]!).ShouldBe(2);
        await fixture.Api.WaitUntilIdleAsync();
    }

    [NodeFact]
    public async Task A_tool_is_called_with_arguments_that_fit_and_its_result_is_taken()
    {
        var seen = await SeenAsync("tools");

        ((string?)seen["name"]).ShouldBe("weather");
        ((bool)seen["fits"]!).ShouldBeTrue();
        ((int)seen["calls"]!).ShouldBeGreaterThan(0);
        seen["answer"].ShouldNotBeNull();
    }

    [NodeFact]
    public async Task A_schema_gives_a_typed_result() => ((bool)(await SeenAsync("typed"))["fits"]!).ShouldBeTrue();

    [NodeFact]
    public async Task Logprobs_name_every_token_of_the_answer()
    {
        var seen = await SeenAsync("logprobs");

        ((string?)seen["joined"]).ShouldBe((string?)seen["text"]);
        ((bool)seen["tops"]!).ShouldBeTrue();
    }

    [NodeFact]
    public async Task Texts_become_vectors_of_length_1()
    {
        ((double)(await SeenAsync("embeddings"))["length"]!).ShouldBe(1, 1e-3);
        ((double)(await SeenAsync("embeddings"))["dot"]!).ShouldBeLessThan(0.999);
    }

    [NodeFact]
    public async Task Errors_arrive_as_the_clients_own_with_the_servers_sentence()
    {
        var (key, hot) = (await SeenAsync("wrongKey"), await SeenAsync("hot"));

        ((int)key["status"]!).ShouldBe(401);
        ((string?)key["thrown"]).ShouldBe("AuthenticationError");
        ((int)hot["status"]!).ShouldBe(400);
        ((string)hot["message"]!).ShouldContain("temperature");
    }

    [NodeFact]
    public async Task A_full_queue_is_tried_again() => ((string?)(await SeenAsync("retried"))["text"]).ShouldBe("At last.");

    [NodeFact]
    public async Task A_minute_that_is_used_up_is_a_RateLimitError_or_is_waited_for()
    {
        var (refused, retried) = (await SeenAsync("limited"), await SeenAsync("limitedRetried"));

        ((string?)refused["thrown"]).ShouldBe("RateLimitError");
        ((int)refused["status"]!).ShouldBe(429);
        ((string?)refused["kind"]).ShouldBe("MODEL_RATE_LIMIT");
        ((string?)retried["text"]).ShouldBe("At last.");
        ((int)retried["waitedMs"]!).ShouldBeInRange(950, 20_000);
    }

    private Task<JsonNode> SeenAsync(string part) => run.SeenAsync(fixture, part);

    /// <summary>One run of the script.</summary>
    public sealed class Run() : ScriptRun("langchain.mjs");
}
