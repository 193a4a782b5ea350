using System.Text.Json;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Logprobs;

public sealed class LogprobTests : IAsyncLifetime
{
    private EdgeServer server = null!;

    public async Task InitializeAsync()
    {
        server = await EdgeServer.StartAsync();
        server.Engine.Script = _ =>
        [
            new ScriptStep.Start(),
            Steps.Scored("Hé", -0.5f, 0, 0, ("Hé", -0.5f), ("<|end|>", -1.25f)),
            Steps.Scored(" you", -20000f, 2, 0, (" me", -0.25f), (" it", float.NegativeInfinity)),
            new ScriptStep.Finish(),
            new ScriptStep.Complete(),
        ];
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Chat_lists_each_token_with_bytes_and_alternatives()
    {
        using var response = await server.ChatAsync("\"logprobs\":true,\"top_logprobs\":2");

        server.Engine.LastCall.Request.TopLogprobs.ShouldBe(2);
        var choice = (await response.JsonAsync()).GetProperty("choices")[0];
        choice.GetProperty("logprobs").GetRawText().ShouldBe(
            "{\"content\":[{\"token\":\"Hé\",\"logprob\":-0.5,\"bytes\":[72,195,169],\"top_logprobs\":["
            + "{\"token\":\"Hé\",\"logprob\":-0.5,\"bytes\":[72,195,169]},{\"token\":\"<|end|>\",\"logprob\":-1.25,\"bytes\":null}]},"
            + "{\"token\":\" you\",\"logprob\":-9999,\"bytes\":[32,121,111,117],\"top_logprobs\":["
            + "{\"token\":\" me\",\"logprob\":-0.25,\"bytes\":[32,109,101]},{\"token\":\" it\",\"logprob\":-9999,\"bytes\":[32,105,116]}]}],"
            + "\"refusal\":null}");
    }

    [Fact]
    public async Task A_chunk_has_the_entries_of_exactly_its_own_tokens()
    {
        using var response = await server.ChatAsync("\"logprobs\":true,\"top_logprobs\":2,\"stream\":true");

        var choices = (await response.EventsAsync()).SkipLast(1).Select(text => JsonDocument.Parse(text).RootElement.GetProperty("choices")[0]).ToList();
        choices.Select(Entries).ShouldBe(["-", "Hé", " you", "-"]);
        choices[1].GetProperty("delta").GetProperty("content").GetString().ShouldBe("Hé");
        choices[1].GetProperty("finish_reason").ValueKind.ShouldBe(JsonValueKind.Null);

        static string Entries(JsonElement choice) => choice.GetProperty("logprobs").ValueKind == JsonValueKind.Null
            ? "-"
            : string.Join('|', choice.GetProperty("logprobs").GetProperty("content").EnumerateArray().Select(entry => entry.GetProperty("token").GetString()));
    }

    [Theory]
    [InlineData("\"logprobs\":true", 0)]
    [InlineData("\"logprobs\":true,\"top_logprobs\":20", 20)]
    [InlineData("\"logprobs\":false", null)]
    [InlineData("\"logprobs\":null,\"top_logprobs\":null", null)]
    public async Task The_engine_is_asked_for_no_more_than_the_caller_was(string fields, int? expected)
    {
        using var response = await server.ChatAsync(fields);

        response.EnsureSuccessStatusCode();
        server.Engine.LastCall.Request.TopLogprobs.ShouldBe(expected);
    }

    [Theory]
    [InlineData("\"top_logprobs\":2", "top_logprobs", "invalid_value")]
    [InlineData("\"top_logprobs\":1,\"logprobs\":false", "top_logprobs", "invalid_value")]
    [InlineData("\"logprobs\":true,\"top_logprobs\":21", "top_logprobs", "integer_above_max_value")]
    [InlineData("\"logprobs\":1", "logprobs", "invalid_type")]
    public async Task What_cannot_be_meant_is_refused(string fields, string param, string code)
    {
        using var response = await server.ChatAsync(fields);

        await response.ShouldBeRefusedAsync(param, code);
    }

    [Fact]
    public async Task Completions_have_four_lists_with_the_token_itself_among_the_likeliest()
    {
        using var response = await CompleteAsync("\"logprobs\":2");

        (await response.JsonAsync()).GetProperty("choices")[0].GetProperty("logprobs").GetRawText().ShouldBe(
            "{\"text_offset\":[0,2],\"token_logprobs\":[-0.5,-9999],\"tokens\":[\"Hé\",\" you\"],"
            + "\"top_logprobs\":[{\"Hé\":-0.5,\"<|end|>\":-1.25},{\" me\":-0.25,\" it\":-9999,\" you\":-9999}]}");
    }

    [Fact]
    public async Task The_first_token_of_an_echoed_prompt_has_none()
    {
        server.Engine.Script = _ => [new ScriptStep.Start(), Steps.Scored("a", float.NaN), new ScriptStep.Finish(), new ScriptStep.Complete()];

        using var response = await CompleteAsync("\"logprobs\":1,\"echo\":true,\"max_tokens\":0");

        (await response.JsonAsync()).GetProperty("choices")[0].GetProperty("logprobs").GetRawText().ShouldBe(
            "{\"text_offset\":[0],\"token_logprobs\":[null],\"tokens\":[\"a\"],\"top_logprobs\":[null]}");
    }

    [Fact]
    public async Task Tokens_that_are_no_whole_characters_are_written_as_bytes()
    {
        var block = new LogprobBlock();
        block.Add(new TokenLogprob(1, -1, 0, 0, false, 0, 0), [0xE2, 0x82]);
        block.Add(new TokenLogprob(2, -2, 0, 0, false, 0, 0), [0xAC]);
        server.Engine.Script = _ =>
            [new ScriptStep.Start(), new ScriptStep.Say("€", Tokens: 2) { Logprobs = block }, new ScriptStep.Finish(), new ScriptStep.Complete()];

        using var chat = await server.ChatAsync("\"logprobs\":true");
        using var text = await CompleteAsync("\"logprobs\":0");

        var entry = (await chat.JsonAsync()).GetProperty("choices")[0].GetProperty("logprobs").GetProperty("content")[0];
        entry.GetProperty("token").GetString().ShouldBe("\\xe2\\x82");
        entry.GetProperty("bytes").GetRawText().ShouldBe("[226,130]");
        (await text.JsonAsync()).GetProperty("choices")[0].GetProperty("logprobs").GetProperty("tokens").GetRawText()
            .ShouldBe("[\"bytes:\\\\xe2\\\\x82\",\"bytes:\\\\xac\"]");
    }

    [Fact]
    public async Task Best_of_returns_the_answers_with_the_highest_mean()
    {
        server.Engine.Script = request => [new ScriptStep.Start(), .. Enumerable.Range(0, request.Choices).SelectMany(Answer), new ScriptStep.Complete()];

        using var response = await CompleteAsync("\"n\":2,\"best_of\":4");

        var answer = await response.JsonAsync();
        answer.GetProperty("choices").EnumerateArray().Select(choice => choice.GetProperty("text").GetString()).ShouldBe(["1", "33"]);
        answer.GetProperty("choices")[0].GetProperty("logprobs").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32().ShouldBe(9);

        // A longer answer is not punished for its length: the mean counts, not the sum.
        static IEnumerable<ScriptStep> Answer(int choice) => choice switch
        {
            1 => [Steps.Scored("1", -0.5f, choice: 1), new ScriptStep.Finish(1)],
            3 => [Steps.Scored("3", -0.6f, choice: 3), Steps.Scored("3", -0.8f, choice: 3), new ScriptStep.Finish(3)],
            _ => [Steps.Scored("x", -0.9f, choice: choice), new ScriptStep.Finish(choice)],
        };
    }

    [Theory]
    [InlineData("\"best_of\":2,\"n\":3", "invalid_value")]
    [InlineData("\"best_of\":2,\"stream\":true", "invalid_value")]
    [InlineData("\"best_of\":9", "unsupported_value")]
    [InlineData("\"best_of\":21", "integer_above_max_value")]
    public async Task Best_of_that_cannot_be_given_is_refused(string fields, string code)
    {
        using var response = await CompleteAsync(fields);

        await response.ShouldBeRefusedAsync("best_of", code);
    }

    private Task<HttpResponseMessage> CompleteAsync(string fields) =>
        server.PostAsync("/v1/completions", $"{{\"model\":\"test-model\",\"prompt\":\"x\",{fields}}}");
}
