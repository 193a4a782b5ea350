using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics;
using System.Text.Json.Nodes;
using OpenAI;
using OpenAI.Chat;
using PolarGrid.EndToEnd.Running;
using Shouldly;

namespace PolarGrid.EndToEnd.Callers;

/// <summary>OpenAI's own .NET package: log-probabilities, tools, typed results, vectors, waiting for a full queue.</summary>
[Collection(ServerCollection.Name)]
public sealed class OpenAIDotNetFeatureTests(ServerFixture fixture)
{
    private const string Schema =
        """
        {"type":"object","properties":{"city":{"type":"string","enum":["Oslo","Rome"]},"days":{"type":"integer","minimum":1,"maximum":7},"rain":{"type":"boolean"}},
         "required":["city","days","rain"],"additionalProperties":false}
        """;

    private static readonly ChatMessage Question = new UserChatMessage("What is the weather in Oslo?");

    [ModelFact]
    public async Task Logprobs_name_every_token_whole_and_streamed()
    {
        var options = new ChatCompletionOptions { Temperature = 0, MaxOutputTokenCount = 16, IncludeLogProbabilities = true, TopLogProbabilityCount = 2 };
        ChatCompletion whole = await Chat().CompleteChatAsync([Question], options);
        var streamed = new List<ChatTokenLogProbabilityDetails>();
        await foreach (var update in Chat().CompleteChatStreamingAsync([Question], options)) streamed.AddRange(update.ContentTokenLogProbabilities);

        string.Concat(whole.ContentTokenLogProbabilities.Select(entry => entry.Token)).ShouldBe(whole.Content[0].Text);
        whole.ContentTokenLogProbabilities.ShouldAllBe(entry => entry.LogProbability <= 0 && entry.TopLogProbabilities.Count == 2);
        streamed.Select(entry => entry.Token).ShouldBe(whole.ContentTokenLogProbabilities.Select(entry => entry.Token));
    }

    [ModelFact]
    public async Task A_tool_is_called_with_arguments_that_fit_and_its_result_is_taken()
    {
        var options = new ChatCompletionOptions { Temperature = 0, MaxOutputTokenCount = 200, ToolChoice = ChatToolChoice.CreateRequiredChoice() };
        options.Tools.Add(ChatTool.CreateFunctionTool("weather", "Tells the weather.", BinaryData.FromString(Schema), functionSchemaIsStrict: true));
        ChatCompletion first = await Chat().CompleteChatAsync([Question], options);
        var call = first.ToolCalls[0];
        ChatCompletion second = await Chat().CompleteChatAsync(
            [Question, new AssistantChatMessage(first), .. first.ToolCalls.Select(each => new ToolChatMessage(each.Id, "{\"sky\":\"clear\"}"))],
            new ChatCompletionOptions { Temperature = 0, MaxOutputTokenCount = 24 });

        first.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        call.FunctionName.ShouldBe("weather");
        ShouldFit(call.FunctionArguments.ToString());
        second.FinishReason.ShouldBeOneOf(ChatFinishReason.Stop, ChatFinishReason.Length);
    }

    [ModelFact]
    public async Task A_schema_holds_the_answer()
    {
        ChatCompletion answer = await Chat().CompleteChatAsync([Question], new ChatCompletionOptions
        {
            Temperature = 0,
            MaxOutputTokenCount = 200,
            ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("weather", BinaryData.FromString(Schema), jsonSchemaIsStrict: true),
        });

        ShouldFit(answer.Content[0].Text);
    }

    [ModelFact]
    public async Task Texts_become_vectors()
    {
        var client = Client(fixture.CheckedUrl, retries: 0).GetEmbeddingClient(TestModel.Name);
        var found = (await client.GenerateEmbeddingsAsync(["a dog", "a dog", "the sea"])).Value;

        found.Count.ShouldBe(3);
        Dot(found[0].ToFloats(), found[1].ToFloats()).ShouldBe(1, 1e-3);
        Dot(found[0].ToFloats(), found[2].ToFloats()).ShouldBeLessThan(0.999);
        found.Usage.InputTokenCount.ShouldBeGreaterThan(3);
    }

    [ModelFact]
    public async Task A_full_queue_is_tried_again_when_the_server_says_so()
    {
        await using var busy = await BusyServer.StartAsync(ServerFixture.Key);
        await using var proxy = await CheckingProxy.StartAsync(busy.Url);
        ChatCompletion answer = await Client(proxy.Url, retries: 2).GetChatClient("busy").CompleteChatAsync([Question]);
        var refused = await Should.ThrowAsync<ClientResultException>(async () => await Client(proxy.Url, retries: 0).GetChatClient("always-busy").CompleteChatAsync([Question]));

        answer.Content[0].Text.ShouldBe("At last.");
        refused.Status.ShouldBe(503);
    }

    [ModelFact]
    public async Task A_minute_that_is_used_up_is_a_ClientResultException_or_is_waited_for()
    {
        await using var limited = await LimitedServer.StartAsync(ServerFixture.Key);
        await using var proxy = await CheckingProxy.StartAsync(limited.Url);
        var (hasty, patient) = (Client(proxy.Url, retries: 0).GetChatClient("limited"), Client(proxy.Url, retries: 2).GetChatClient("limited"));
        await hasty.CompleteChatAsync([Question]);
        var refused = await Should.ThrowAsync<ClientResultException>(async () => await hasty.CompleteChatAsync([Question]));
        await hasty.CompleteChatAsync([Question]);
        var clock = Stopwatch.StartNew();
        ChatCompletion waited = await patient.CompleteChatAsync([Question]);
        clock.Stop();
        var streamed = "";
        await foreach (var update in patient.CompleteChatStreamingAsync([Question])) streamed += string.Concat(update.ContentUpdate.Select(part => part.Text));

        refused.Status.ShouldBe(429);
        refused.Message.ShouldContain("rate_limit_exceeded");
        refused.GetRawResponse()!.Headers.TryGetValue("Retry-After", out var seconds).ShouldBeTrue();
        seconds.ShouldBe("1");
        waited.Content[0].Text.ShouldBe("At last.");
        clock.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(0.95));
        streamed.ShouldBe("At last.");
    }

    private static double Dot(ReadOnlyMemory<float> one, ReadOnlyMemory<float> other)
    {
        var sum = 0.0;
        for (var at = 0; at < one.Length; at++) sum += one.Span[at] * other.Span[at];
        return sum;
    }

    private static void ShouldFit(string json)
    {
        var weather = JsonNode.Parse(json)!.AsObject();
        weather.Count.ShouldBe(3, json);
        ((string?)weather["city"]).ShouldBeOneOf("Oslo", "Rome");
        ((int)weather["days"]!).ShouldBeInRange(1, 7);
        ((bool?)weather["rain"]).ShouldNotBeNull();
    }

    private ChatClient Chat() => Client(fixture.CheckedUrl, retries: 0).GetChatClient(TestModel.Name);

    private static OpenAIClient Client(Uri url, int retries) => new(
        new ApiKeyCredential(ServerFixture.Key),
        new OpenAIClientOptions { Endpoint = new Uri(url, "/v1"), RetryPolicy = new ClientRetryPolicy(retries) });
}
