using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.EndToEnd.Serving;

/// <summary>Calls that real models make, of their own will and against it.</summary>
public sealed class ToolTests
{
    private const string Tools = """
        [{"type":"function","function":{"name":"get_weather","description":"Returns the current weather","parameters":{"type":"object",
          "properties":{"city":{"type":"string","maxLength":30}},"required":["city"]}}}]
        """;

    [ModelFact]
    public async Task Polar_tiny_asks_for_the_weather_and_the_thinking_one_thinks_first()
    {
        if (!TestModel.IsBuiltIn) return;
        using var home = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(home.Path, ServerFixture.Key, TestModel.Arguments);
        using var api = new Api(server.Url, ServerFixture.Key);

        var asked = Api.Chat(TestModel.Name, ("user", "What is the weather in Paris?"));
        asked["tools"] = JsonNode.Parse(Tools);
        asked["max_tokens"] = 100;
        var choice = (await api.ChatAsync(asked))["choices"]![0]!;
        ((string?)choice["finish_reason"]).ShouldBe("tool_calls");
        ((string?)choice["message"]!["tool_calls"]![0]!["function"]!["name"]).ShouldBe("get_weather");

        // Texts that stand in the call itself, and right behind its opening.
        asked["stop"] = new JsonArray("\n", "Paris", "}", "tool");
        var whole = (await api.ChatAsync(asked))["choices"]![0]!;
        ((string?)whole["finish_reason"]).ShouldBe("tool_calls");
        ((string?)whole["message"]!["tool_calls"]![0]!["function"]!["arguments"]).ShouldBe((string?)choice["message"]!["tool_calls"]![0]!["function"]!["arguments"]);

        var sum = Api.Chat(TestModel.Name, ("user", "What is 2 plus 3?"));
        sum["enable_thinking"] = true;
        sum["include_reasoning"] = true;
        sum["max_tokens"] = 100;
        var thought = await api.ChatAsync(sum);
        ((string?)thought["choices"]![0]!["message"]!["reasoning_content"]).ShouldNotBeNullOrWhiteSpace();
        ((int)thought["usage"]!["completion_tokens_details"]!["reasoning_tokens"]!).ShouldBeGreaterThan(3);

        // A text that stands in the thinking.
        var reasoning = (string)thought["choices"]![0]!["message"]!["reasoning_content"]!;
        sum["stop"] = reasoning.Split(' ')[0];
        var again = (await api.ChatAsync(sum))["choices"]![0]!["message"]!;
        ((string?)again["reasoning_content"]).ShouldBe(reasoning);
        ((string?)again["content"]).ShouldNotBeNullOrEmpty();
    }

    /// <summary>A model of stories, whose template has never heard of tools.</summary>
    [SharedFact(TestModel.StoriesFile)]
    public async Task A_model_that_knows_no_tools_calls_the_named_one()
    {
        using var home = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(
            home.Path, ServerFixture.Key, "--model", $"tiny={SharedFiles.Get(TestModel.StoriesFile)}");
        using var api = new Api(server.Url, ServerFixture.Key);

        foreach (var choice in (string[])["\"required\"", """{"type":"function","function":{"name":"get_weather"}}"""])
        {
            var request = Api.Chat("tiny", ("user", "Once upon a time"));
            request["tools"] = JsonNode.Parse(Tools);
            request["tool_choice"] = JsonNode.Parse(choice);
            request["parallel_tool_calls"] = false;
            request["max_tokens"] = 120;
            var answer = (await api.ChatAsync(request))["choices"]![0]!;

            ((string?)answer["finish_reason"]).ShouldBe("tool_calls");
            var function = answer["message"]!["tool_calls"]!.AsArray().ShouldHaveSingleItem()!["function"]!;
            ((string?)function["name"]).ShouldBe("get_weather");
            ((string?)JsonNode.Parse((string)function["arguments"]!)!["city"]).ShouldNotBeNull();
        }
    }
}
