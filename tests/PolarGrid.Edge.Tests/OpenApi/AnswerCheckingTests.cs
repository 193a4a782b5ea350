using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing;
using PolarGrid.Testing.OpenApi;
using Shouldly;

namespace PolarGrid.Edge.Tests.OpenApi;

/// <summary>That the check which every other test's answers pass through can fail.</summary>
public sealed class AnswerCheckingTests
{
    [SharedFact(PublishedShapes.Document)]
    public async Task Answers_of_a_server_are_checked()
    {
        await using var server = await EdgeServer.StartAsync();
        var before = AnswerCheckingHandler.CheckedAnswers;

        using var whole = await server.ChatAsync();
        using var streamed = await server.ChatAsync("\"stream\":true");
        await streamed.EventsAsync();

        AnswerCheckingHandler.CheckedAnswers.ShouldBeGreaterThanOrEqualTo(before + 2);
    }

    [SharedFact(PublishedShapes.Document)]
    public void Wrong_body_and_wrong_chunk_are_found()
    {
        Should.Throw<AnswerShapeException>(() => PublishedShapes.Check("CreateChatCompletionResponse", "{\"id\":1}"))
            .Message.ShouldContain("choices is missing");
        Should.Throw<AnswerShapeException>(() => PublishedShapes.CheckEvents("CreateChatCompletionStreamResponse", ": hi\n\ndata: {\"id\":1}\n\n"));
        PublishedShapes.CheckEvents("CreateChatCompletionStreamResponse", "data: [DONE]\n\ndata: {").ShouldBe(14);
    }
}
