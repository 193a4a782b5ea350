using System.Text.Json;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Completions;

public sealed class CompletionTests : IAsyncLifetime
{
    private EdgeServer server = null!;

    public async Task InitializeAsync() => server = await EdgeServer.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData("\"Once\"", "text:Once")]
    [InlineData("[\"A\",\"B\"]", "text:A|text:B")]
    [InlineData("[1,2,3]", "tokens:1,2,3")]
    [InlineData("[[1,2],[3.0]]", "tokens:1,2|tokens:3")]
    [InlineData("\"\"", "text:")]
    public async Task Prompt_takes_all_four_forms(string prompt, string expected)
    {
        using var response = await CompleteAsync($"\"prompt\":{prompt}");

        response.EnsureSuccessStatusCode();
        string.Join('|', server.Engine.Calls.Select(call => Describe(call.Request.Prompt))).ShouldBe(expected);
    }

    [Theory]
    [InlineData("\"prompt\":[]", "prompt", "empty_array")]
    [InlineData("\"prompt\":null", "prompt", "missing_required_parameter")]
    [InlineData("\"prompt\":{}", "prompt", "invalid_type")]
    [InlineData("\"prompt\":[1,\"a\"]", "prompt[1]", "invalid_type")]
    [InlineData("\"prompt\":[\"a\",1]", "prompt[1]", "invalid_type")]
    [InlineData("\"prompt\":[-1]", "prompt[0]", "integer_below_min_value")]
    [InlineData("\"prompt\":[[1],[]]", "prompt[1]", "empty_array")]
    [InlineData("\"prompt\":[[1],[2.5]]", "prompt[1][0]", "invalid_type")]
    [InlineData("\"prompt\":\"x\",\"suffix\":\"y\"", "suffix", "unsupported_parameter")]
    [InlineData("\"prompt\":\"x\",\"logprobs\":6", "logprobs", "integer_above_max_value")]
    [InlineData("\"prompt\":\"x\",\"best_of\":2,\"n\":3", "best_of", "invalid_value")]
    [InlineData("\"prompt\":\"x\",\"max_tokens\":-1", "max_tokens", "integer_below_min_value")]
    public async Task Bad_field_is_refused_by_name(string fields, string param, string code)
    {
        using var response = await CompleteAsync(fields);

        await response.ShouldBeRefusedAsync(param, code);
    }

    [Theory]
    [InlineData("\"tools\":[{}]", "tools")]
    [InlineData("\"top_logprobs\":3", "top_logprobs")]
    [InlineData("\"reasoning_effort\":\"low\"", "reasoning_effort")]
    [InlineData("\"web_search_options\":{}", "web_search_options")]
    public async Task Field_of_chat_is_not_dropped_in_silence(string field, string param)
    {
        using var response = await CompleteAsync($"\"prompt\":\"x\",{field}");

        await response.ShouldBeRefusedAsync(param, "unsupported_parameter");
    }

    [Fact]
    public async Task Suffix_goes_to_a_model_that_fills_in_the_middle()
    {
        var engine = new ScriptedTextEngine("filler");
        server.Models.Register(new ScriptedTextEngine("filler") { Model = engine.Model with { CanInfill = true }, Script = engine.Script });

        using var response = await server.PostAsync("/v1/completions", "{\"model\":\"filler\",\"prompt\":[\"a\",\"b\"],\"suffix\":\"z\"}");
        using var tokens = await server.PostAsync("/v1/completions", "{\"model\":\"filler\",\"prompt\":[1],\"suffix\":\"z\"}");
        using var echo = await server.PostAsync("/v1/completions", "{\"model\":\"filler\",\"prompt\":\"a\",\"echo\":true,\"suffix\":\"z\"}");

        response.EnsureSuccessStatusCode();
        foreach (var refused in new[] { tokens, echo }) (await refused.ErrorAsync()).GetProperty("param").GetString().ShouldBe("suffix");
    }

    [Fact]
    public async Task Stop_tokens_and_the_newer_name_of_the_token_limit_reach_the_engine()
    {
        using var response = await CompleteAsync("\"prompt\":\"x\",\"stop_token_ids\":[7,8],\"max_tokens\":3,\"max_completion_tokens\":0");

        response.EnsureSuccessStatusCode();
        server.Engine.LastCall.Request.StopTokens.ShouldBe([7, 8]);
        server.Engine.LastCall.Request.MaxTokens.ShouldBe(0);
    }

    [Theory]
    [InlineData("\"stop_token_ids\":[1000]", "stop_token_ids", "invalid_value")]
    [InlineData("\"stop_token_ids\":[\"a\"]", "stop_token_ids[0]", "invalid_type")]
    [InlineData("\"stop_token_ids\":[-1]", "stop_token_ids[0]", "integer_below_min_value")]
    public async Task Stop_token_outside_the_vocabulary_is_refused(string field, string param, string code)
    {
        using var response = await CompleteAsync($"\"prompt\":\"x\",{field}");

        (await response.ErrorAsync()).GetProperty("param").GetString().ShouldBe(param);
        (await response.ErrorAsync()).GetProperty("code").GetString().ShouldBe(code);
    }

    [Theory]
    [InlineData("openai", 16)]
    [InlineData("polargrid", 150)]
    [InlineData("grid", null)]
    public async Task Token_default_follows_the_profile(string profile, int? expected)
    {
        using var response = await CompleteAsync("\"prompt\":\"x\",\"echo\":true,\"best_of\":1", profile);

        response.EnsureSuccessStatusCode();
        server.Engine.LastCall.Request.DefaultMaxTokens.ShouldBe(expected);
        server.Engine.LastCall.Request.EchoPrompt.ShouldBeTrue();
    }

    [Fact]
    public async Task Choices_of_several_prompts_are_numbered_prompt_by_prompt()
    {
        server.Engine.Script = request => Steps.Answer(request, ((TextPrompt)request.Prompt).Text);

        using var response = await CompleteAsync("\"prompt\":[\"A\",\"B\"],\"n\":2");

        var answer = await response.JsonAsync();
        answer.GetProperty("choices").EnumerateArray()
            .Select(choice => $"{choice.GetProperty("index").GetInt32()}{choice.GetProperty("text").GetString()}")
            .ShouldBe(["0A", "1A", "2B", "3B"]);
        answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32().ShouldBe(14);
    }

    [Fact]
    public async Task Streams_of_several_prompts_interleave_and_end_once()
    {
        var second = new TaskCompletionSource();
        server.Engine.Script = request => ((TextPrompt)request.Prompt).Text == "A"
            ? [new ScriptStep.Wait(second.Task), .. Steps.Answer(request, "a")]
            : Steps.Answer(request, "b");

        using var response = await CompleteAsync("\"prompt\":[\"A\",\"B\"],\"stream\":true,\"stream_options\":{\"include_usage\":true}");
        second.SetResult();
        var events = await response.EventsAsync();

        events.Count(text => text == "[DONE]").ShouldBe(1);
        events[^1].ShouldBe("[DONE]");
        var chunks = events[..^1].Select(text => JsonDocument.Parse(text).RootElement).ToList();
        chunks[^1].GetProperty("choices").GetArrayLength().ShouldBe(0);
        chunks[^1].GetProperty("usage").GetProperty("prompt_tokens").GetInt32().ShouldBe(14);
        chunks[..^1].Select(Describe).ShouldBe(["1:b:", "1::stop", "0:a:", "0::stop"]);

        static string Describe(JsonElement chunk)
        {
            var choice = chunk.GetProperty("choices")[0];
            return $"{choice.GetProperty("index").GetInt32()}:{choice.GetProperty("text").GetString()}:{choice.GetProperty("finish_reason").GetString()}";
        }
    }

    [Fact]
    public async Task Failure_of_one_prompt_ends_the_others()
    {
        var never = new TaskCompletionSource();
        server.Engine.Script = request => ((TextPrompt)request.Prompt).Text == "A"
            ? [new ScriptStep.Start(), new ScriptStep.Say("a"), new ScriptStep.Wait(never.Task)]
            : Steps.Fail(EngineErrorCode.ContextLengthExceeded, "Too long.");

        using var response = await CompleteAsync("\"prompt\":[\"A\",\"B\"],\"stream\":true");
        var text = await response.Content.ReadAsStringAsync();

        text.ShouldNotContain("[DONE]");
        text.ShouldContain("context_length_exceeded");
        server.Engine.Calls[0].Stream.IsCancelled.ShouldBeTrue();
    }

    private Task<HttpResponseMessage> CompleteAsync(string fields, string? profile = null) =>
        server.PostAsync("/v1/completions", $"{{\"model\":\"test-model\",{fields}}}", profile);

    private static string Describe(Prompt prompt) => prompt switch
    {
        TextPrompt text => "text:" + text.Text,
        TokenPrompt tokens => "tokens:" + string.Join(',', tokens.Tokens),
        _ => "?",
    };
}
