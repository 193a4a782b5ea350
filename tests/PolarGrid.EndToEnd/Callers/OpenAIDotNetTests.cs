using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;
using PolarGrid.EndToEnd.Running;
using Shouldly;

namespace PolarGrid.EndToEnd.Callers;

/// <summary>OpenAI's own .NET package as the client.</summary>
[Collection(ServerCollection.Name)]
public sealed class OpenAIDotNetTests(ServerFixture fixture)
{
    private static readonly ChatCompletionOptions Greedy = new() { Temperature = 0, MaxOutputTokenCount = 24 };

    [ModelFact]
    public async Task A_whole_answer_has_text_a_finish_reason_and_usage()
    {
        ChatCompletion answer = await Chat().CompleteChatAsync([new UserChatMessage("What is the capital of France?")], Greedy);

        answer.Content.ShouldHaveSingleItem().Text.ShouldNotBeNullOrWhiteSpace();
        answer.FinishReason.ShouldBeOneOf(ChatFinishReason.Stop, ChatFinishReason.Length);
        answer.Role.ShouldBe(ChatMessageRole.Assistant);
        answer.Model.ShouldBe(TestModel.Name);
        answer.Usage.InputTokenCount.ShouldBeGreaterThan(5);
        answer.Usage.OutputTokenCount.ShouldBeInRange(1, 24);
        answer.Usage.TotalTokenCount.ShouldBe(answer.Usage.InputTokenCount + answer.Usage.OutputTokenCount);
    }

    [ModelFact]
    public async Task A_streamed_answer_is_the_whole_one_in_pieces()
    {
        ChatMessage[] messages = [new SystemChatMessage("You are brief."), new UserChatMessage("Tell me about a dog.")];
        ChatCompletion whole = await Chat().CompleteChatAsync(messages, Greedy);

        var pieces = new List<string>();
        ChatFinishReason? reason = null;
        ChatTokenUsage? usage = null;
        await foreach (var update in Chat().CompleteChatStreamingAsync(messages, Greedy))
        {
            pieces.AddRange(update.ContentUpdate.Select(part => part.Text).Where(text => text.Length > 0));
            reason ??= update.FinishReason;
            usage ??= update.Usage;
        }

        string.Concat(pieces).ShouldBe(whole.Content[0].Text);
        pieces.Count.ShouldBeGreaterThan(3);
        reason.ShouldBe(whole.FinishReason);
        usage.ShouldNotBeNull().OutputTokenCount.ShouldBe(whole.Usage.OutputTokenCount);
        usage.InputTokenCount.ShouldBe(whole.Usage.InputTokenCount);
    }

    [ModelFact]
    public async Task A_wrong_key_is_401()
    {
        var refused = await RefusedAsync(Chat(key: "pg_this-is-not-the-key-of-anyone"), new ChatCompletionOptions());

        refused.Status.ShouldBe(401);
        refused.Message.ShouldContain("invalid_api_key");
    }

    [ModelFact]
    public async Task A_wrong_model_is_404_and_names_those_there_are()
    {
        var refused = await RefusedAsync(Chat(model: "gpt-17"), new ChatCompletionOptions());

        refused.Status.ShouldBe(404);
        refused.Message.ShouldContain("model_not_found");
        refused.Message.ShouldContain("gpt-17");
        refused.Message.ShouldContain(TestModel.Name);
    }

    [ModelFact]
    public async Task A_temperature_of_9_is_400_naming_the_field_and_its_range()
    {
        var refused = await RefusedAsync(Chat(), new ChatCompletionOptions { Temperature = 9 });

        refused.Status.ShouldBe(400);
        refused.Message.ShouldContain("temperature");
        refused.Message.ShouldContain("9");
        refused.Message.ShouldContain("0");
        refused.Message.ShouldContain("2");
    }

    [ModelFact]
    public async Task A_prompt_that_does_not_fit_is_400_with_the_numbers()
    {
        var context = await ContextTokensAsync();
        var tooLong = string.Concat(Enumerable.Repeat("once upon a time ", context));

        var refused = await Should.ThrowAsync<ClientResultException>(
            async () => await Chat().CompleteChatAsync([new UserChatMessage(tooLong)], new ChatCompletionOptions { MaxOutputTokenCount = 5 }));

        refused.Status.ShouldBe(400);
        refused.Message.ShouldContain("context_length_exceeded");
        refused.Message.ShouldContain(context.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [ModelFact]
    public async Task Models_are_listed_and_shown()
    {
        var models = Client().GetOpenAIModelClient();

        var listed = (await models.GetModelsAsync()).Value;
        var shown = (await models.GetModelAsync(TestModel.Name)).Value;

        listed.First().Id.ShouldBe(TestModel.Name);
        shown.Id.ShouldBe(TestModel.Name);
        shown.OwnedBy.ShouldNotBeNullOrEmpty();
        (await Should.ThrowAsync<ClientResultException>(async () => await models.GetModelAsync("gpt-17"))).Status.ShouldBe(404);
    }

    [ModelFact]
    public async Task Cancelling_in_the_middle_of_a_stream_ends_the_work()
    {
        using var leaving = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in Chat().CompleteChatStreamingAsync(
                [new UserChatMessage("Tell me a long story.")], new ChatCompletionOptions { Temperature = 0, MaxOutputTokenCount = 400 }, leaving.Token))
            {
                if (update.ContentUpdate.Count > 0) await leaving.CancelAsync();
            }

            // A tiny model may have written all of it into the connection by now; leaving late is leaving as well.
            leaving.Token.ThrowIfCancellationRequested();
        });

        await fixture.Api.WaitUntilIdleAsync();
    }

    private static async Task<ClientResultException> RefusedAsync(ChatClient client, ChatCompletionOptions options) =>
        await Should.ThrowAsync<ClientResultException>(async () => await client.CompleteChatAsync([new UserChatMessage("Hello")], options));

    private async Task<int> ContextTokensAsync() =>
        (int)System.Text.Json.Nodes.JsonNode.Parse((await fixture.Api.GetAsync($"/v1/models/{TestModel.Name}")).Body)!["context_length"]!;

    private ChatClient Chat(string? model = null, string key = ServerFixture.Key) => Client(key).GetChatClient(model ?? TestModel.Name);

    private OpenAIClient Client(string key = ServerFixture.Key) => new(
        new ApiKeyCredential(key),
        new OpenAIClientOptions { Endpoint = new Uri(fixture.CheckedUrl, "/v1"), RetryPolicy = new ClientRetryPolicy(0) });
}
