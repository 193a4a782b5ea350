using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json.Nodes;
using OpenAI;
using OpenAI.Chat;
using PolarGrid.EndToEnd.Running;
using Shouldly;

namespace PolarGrid.EndToEnd.Callers;

/// <summary>Tools through OpenAI's own .NET package.</summary>
[Collection(ServerCollection.Name)]
public sealed class OpenAIDotNetToolTests(ServerFixture fixture)
{
    private static readonly ChatTool Weather = ChatTool.CreateFunctionTool(
        "get_weather",
        "Returns the current weather",
        BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string","maxLength":40}},"required":["city"],"additionalProperties":false}"""),
        functionSchemaIsStrict: true);

    private static readonly ChatTool Room = ChatTool.CreateFunctionTool(
        "book_room",
        "Books a room",
        BinaryData.FromString("""{"type":"object","properties":{"nights":{"type":"integer","minimum":1,"maximum":9},"view":{"enum":["sea","hill"]}},"required":["nights","view"],"additionalProperties":false}"""));

    [ModelFact]
    public async Task A_call_its_result_and_the_answer_make_a_round_trip()
    {
        List<ChatMessage> messages = [new UserChatMessage("What is the weather in Paris?")];
        ChatCompletion called = await Chat().CompleteChatAsync(messages, Options(ChatToolChoice.CreateRequiredChoice()));

        called.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        called.Content.ShouldBeEmpty();
        var call = called.ToolCalls[0];
        call.FunctionName.ShouldBeOneOf("get_weather", "book_room");
        JsonNode.Parse(call.FunctionArguments.ToString())!.AsObject().ShouldNotBeEmpty();

        messages.Add(new AssistantChatMessage(called));
        messages.AddRange(called.ToolCalls.Select(made => new ToolChatMessage(made.Id, "12 C and rain")));
        ChatCompletion answered = await Chat().CompleteChatAsync(messages, Options(ChatToolChoice.CreateNoneChoice()));

        answered.ToolCalls.ShouldBeEmpty();
        answered.FinishReason.ShouldBeOneOf(ChatFinishReason.Stop, ChatFinishReason.Length);
    }

    [ModelFact]
    public async Task The_named_tool_is_called_even_if_nothing_speaks_for_it()
    {
        ChatCompletion called = await Chat().CompleteChatAsync(
            [new UserChatMessage("What is the capital of France?")], Options(ChatToolChoice.CreateFunctionChoice("book_room")));

        var call = called.ToolCalls.ShouldHaveSingleItem();
        call.FunctionName.ShouldBe("book_room");
        var arguments = JsonNode.Parse(call.FunctionArguments.ToString())!;
        ((int)arguments["nights"]!).ShouldBeInRange(1, 9);
        ((string?)arguments["view"]).ShouldBeOneOf("sea", "hill");
    }

    [ModelFact]
    public async Task A_streamed_call_is_the_whole_one_in_pieces()
    {
        ChatMessage[] messages = [new UserChatMessage("What is the weather in Oslo?")];
        var options = Options(ChatToolChoice.CreateFunctionChoice("get_weather"));
        ChatCompletion whole = await Chat().CompleteChatAsync(messages, options);

        var (ids, names, arguments) = (new List<string>(), new List<string>(), new StringBuilder());
        ChatFinishReason? reason = null;
        await foreach (var update in Chat().CompleteChatStreamingAsync(messages, options))
        {
            foreach (var piece in update.ToolCallUpdates)
            {
                piece.Index.ShouldBe(0);
                if (piece.ToolCallId is { Length: > 0 } id) ids.Add(id);
                if (piece.FunctionName is { Length: > 0 } name) names.Add(name);
                arguments.Append(piece.FunctionArgumentsUpdate.ToString());
            }

            reason ??= update.FinishReason;
        }

        reason.ShouldBe(ChatFinishReason.ToolCalls);
        ids.ShouldHaveSingleItem();
        names.ShouldBe(["get_weather"]);
        arguments.ToString().ShouldBe(whole.ToolCalls[0].FunctionArguments.ToString());
    }

    private static ChatCompletionOptions Options(ChatToolChoice choice) =>
        new() { Temperature = 0, MaxOutputTokenCount = 120, ToolChoice = choice, Tools = { Weather, Room } };

    private ChatClient Chat() => new(
        TestModel.Name,
        new ApiKeyCredential(ServerFixture.Key),
        new OpenAIClientOptions { Endpoint = new Uri(fixture.CheckedUrl, "/v1"), RetryPolicy = new ClientRetryPolicy(0) });
}
