using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using Shouldly;

namespace PolarGrid.EndToEnd.Callers;

/// <summary>OpenAI's own JavaScript package as the client; its script runs once and each test looks at a part of what it saw.</summary>
[Collection(ServerCollection.Name)]
public sealed class OpenAINodeTests(ServerFixture fixture, OpenAINodeTests.Run run) : IClassFixture<OpenAINodeTests.Run>
{
    [NodeFact]
    public async Task A_whole_answer_has_text_a_finish_reason_and_usage()
    {
        var chat = await SeenAsync("chat");

        ((string)chat["text"]!).ShouldNotBeNullOrWhiteSpace();
        ((string)chat["finish"]!).ShouldBeOneOf("stop", "length");
        ((int)chat["usage"]!["total_tokens"]!).ShouldBe((int)chat["usage"]!["prompt_tokens"]! + (int)chat["usage"]!["completion_tokens"]!);
    }

    [NodeFact]
    public async Task A_streamed_answer_with_usage_is_the_whole_one() => await ShouldMatchAsync("chatStream", "chat");

    [NodeFact]
    public async Task A_streamed_completion_with_usage_is_the_whole_one() => await ShouldMatchAsync("completionStream", "completion");

    [NodeFact]
    public async Task A_wrong_key_throws_AuthenticationError() => await ShouldThrowAsync("wrongKey", "AuthenticationError", 401, "invalid_api_key");

    [NodeFact]
    public async Task A_wrong_model_throws_NotFoundError() => await ShouldThrowAsync("wrongModel", "NotFoundError", 404, "model_not_found");

    [NodeFact]
    public async Task A_value_out_of_range_throws_BadRequestError_naming_the_field()
    {
        var error = await ShouldThrowAsync("hot", "BadRequestError", 400, "decimal_above_max_value");

        ((string)error["param"]!).ShouldBe("temperature");
        ((string)error["message"]!).ShouldContain("temperature");
    }

    [NodeFact]
    public async Task A_prompt_that_does_not_fit_throws_BadRequestError() =>
        await ShouldThrowAsync("tooLong", "BadRequestError", 400, "context_length_exceeded");

    [NodeFact]
    public async Task A_call_streamed_or_whole_is_the_same()
    {
        var (whole, streamed) = (await SeenAsync("toolCall"), await SeenAsync("toolStream"));

        foreach (var seen in (JsonNode[])[whole, streamed])
        {
            ((string?)seen["finish"]).ShouldBe("tool_calls");
            var call = seen["message"]!["tool_calls"]!.AsArray().ShouldHaveSingleItem()!;
            ((string)call["id"]!).ShouldStartWith("call_");
            ((string?)call["function"]!["name"]).ShouldBe("book_room");
        }

        var arguments = (string)whole["message"]!["tool_calls"]![0]!["function"]!["arguments"]!;
        ((string?)streamed["message"]!["tool_calls"]![0]!["function"]!["arguments"]).ShouldBe(arguments);
        ((int)JsonNode.Parse(arguments)!["nights"]!).ShouldBeInRange(1, 9);
    }

    [NodeFact]
    public async Task A_call_and_its_result_get_an_answer() => ((int)(await SeenAsync("toolAnswer"))["calls"]!).ShouldBe(0);

    [NodeFact]
    public async Task Leaving_a_stream_in_the_middle_leaves_nothing_running()
    {
        var left = await SeenAsync("leave");

        ((int)left["pieces"]!).ShouldBe(2);
        ((bool)left["aborted"]!).ShouldBeTrue();
        await fixture.Api.WaitUntilIdleAsync();
    }

    [NodeFact]
    public async Task Models_are_listed_and_shown()
    {
        (await SeenAsync("models")).AsArray().Select(id => (string)id!).First().ShouldBe(TestModel.Name);
        ((string?)await SeenAsync("modelShown")).ShouldBe(TestModel.Name);
    }

    [NodeFact]
    public async Task Aborting_inside_the_loop_ends_the_loop_and_the_work()
    {
        var left = await SeenAsync("abort");

        // What the client had read already still comes.
        ((int)left["pieces"]!).ShouldBeInRange(2, 200);
        ((string?)left["thrown"]).ShouldBeNull();
        ((bool)left["aborted"]!).ShouldBeTrue();
        ((string?)(await SeenAsync("abortWhole"))["thrown"]).ShouldBe("APIUserAbortError");
        await fixture.Api.WaitUntilIdleAsync();
    }

    [NodeFact]
    public async Task Logprobs_name_every_token_of_the_answer_whole_and_streamed()
    {
        var (whole, streamed) = (await SeenAsync("logprobs"), await SeenAsync("logprobsStream"));

        foreach (var seen in new[] { whole, streamed })
        {
            ((string?)seen["joined"]).ShouldBe((string?)seen["text"]);
            ((bool)seen["likeliestFirst"]!).ShouldBeTrue();
            ((bool)seen["greedyIsLikeliest"]!).ShouldBeTrue();
            seen["numbers"]!.AsArray().ShouldAllBe(number => (double)number! <= 0 && (double)number! >= -9999);
        }

        ((string?)streamed["text"]).ShouldBe((string?)whole["text"]);
        ((bool)streamed["matching"]!).ShouldBeTrue();
    }

    [NodeFact]
    public async Task A_completions_logprobs_cover_the_echoed_prompt()
    {
        var seen = await SeenAsync("completionLogprobs");

        seen["first"].ShouldBeNull();
        seen["lengths"]!.AsArray().Select(length => (int)length!).Distinct().ShouldHaveSingleItem().ShouldBeGreaterThan((int)seen["usage"]!["prompt_tokens"]!);
        ((bool)seen["offsetsFit"]!).ShouldBeTrue();
        ((string)seen["text"]!).ShouldStartWith("Once upon a time");
    }

    [NodeFact]
    public async Task A_tool_is_called_with_arguments_that_fit_and_its_result_is_taken()
    {
        var seen = await SeenAsync("required");

        ((string?)seen["finish"]).ShouldBe("tool_calls");
        ((int)seen["calls"]!).ShouldBe(1);
        ((string?)seen["name"]).ShouldBe("weather");
        ((bool)seen["fits"]!).ShouldBeTrue();
        ((string?)seen["end"]).ShouldBeOneOf("stop", "length");
    }

    [NodeFact]
    public async Task A_streamed_call_is_put_together_by_the_clients_own_helper()
    {
        var seen = await SeenAsync("requiredStream");

        ((string?)seen["name"]).ShouldBe("weather");
        ((bool)seen["hasId"]!).ShouldBeTrue();
        ((bool)seen["fits"]!).ShouldBeTrue();
        ((string?)seen["finish"]).ShouldBe("tool_calls");
    }

    [NodeFact]
    public async Task A_zod_schema_gives_a_typed_result()
    {
        var seen = await SeenAsync("typed");

        ((bool)seen["fits"]!).ShouldBeTrue();
        ((string?)seen["finish"]).ShouldBe("stop");
    }

    [NodeFact]
    public async Task Embeddings_are_decoded_from_base64()
    {
        var seen = await SeenAsync("embeddings");

        ((double)seen["same"]!).ShouldBe(1, 1e-3);
        ((double)seen["float"]!).ShouldBe(1, 1e-2);
        ((double)seen["other"]!).ShouldBeLessThan(0.999);
        ((int)seen["tokens"]!).ShouldBeGreaterThan(3);
    }

    [NodeFact]
    public async Task A_full_queue_is_tried_again_when_the_server_says_so()
    {
        var seen = await SeenAsync("retried");

        ((string?)seen["text"]).ShouldBe("At last.");
        ((int)seen["waitedMs"]!).ShouldBeInRange(1_900, 20_000);
        await ShouldThrowAsync("notRetried", "InternalServerError", 503, "queue_full");
    }

    [NodeFact]
    public async Task A_minute_that_is_used_up_throws_RateLimitError_or_is_waited_for()
    {
        var refused = await ShouldThrowAsync("limited", "RateLimitError", 429, "rate_limit_exceeded");
        var (whole, streamed) = (await SeenAsync("limitedRetried"), await SeenAsync("limitedStream"));

        ((string?)refused["retryAfter"]).ShouldBe("1");
        refused["standing"]!.AsArray().Select(part => (string?)part).ShouldBe(["1", "0", "500ms"]);
        ((string?)whole["text"]).ShouldBe("At last.");
        ((int)whole["waitedMs"]!).ShouldBeInRange(950, 20_000);
        ((string?)streamed["text"]).ShouldBe("At last.");
    }

    private async Task ShouldMatchAsync(string streamed, string whole)
    {
        var (pieces, answer) = (await SeenAsync(streamed), await SeenAsync(whole));

        ((string)pieces["text"]!).ShouldBe((string)answer["text"]!);
        ((string)pieces["finish"]!).ShouldBe((string)answer["finish"]!);
        ((int)pieces["pieces"]!).ShouldBeGreaterThan(3);
        ((int)pieces["usage"]!["completion_tokens"]!).ShouldBe((int)answer["usage"]!["completion_tokens"]!);
    }

    private async Task<JsonNode> ShouldThrowAsync(string what, string type, int status, string code)
    {
        var error = await SeenAsync(what);
        ((string?)error["thrown"]).ShouldBe(type);
        ((int)error["status"]!).ShouldBe(status);
        ((string?)error["code"]).ShouldBe(code);
        return error;
    }

    private Task<JsonNode> SeenAsync(string part) => run.SeenAsync(fixture, part);

    /// <summary>One run of the script.</summary>
    public sealed class Run() : ScriptRun("checks.mjs");
}
