using System.Net;
using System.Text.Json;
using PolarGrid.Edge.Tests.Hosting;
using Shouldly;

namespace PolarGrid.Edge.Tests.Chat;

public sealed class ChatTests : IAsyncLifetime
{
    private EdgeServer server = null!;

    public async Task InitializeAsync() => server = await EdgeServer.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Whole_answer_has_text_usage_and_identity()
    {
        using var response = await server.ChatAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var answer = await response.JsonAsync();
        answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString().ShouldBe("Hello world");
        answer.GetProperty("usage").GetProperty("total_tokens").GetInt32().ShouldBe(11);
        response.Headers.GetValues("x-polargrid-model").ShouldBe(["test-model"]);
        response.Headers.GetValues("x-request-id").Single().ShouldStartWith("req_");
    }

    [Fact]
    public async Task Stream_sends_role_then_text_then_reason_then_done()
    {
        using var response = await server.ChatAsync("\"stream\":true");

        response.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream");
        var events = await response.EventsAsync();
        events[^1].ShouldBe("[DONE]");
        var deltas = events[..^1].Select(text => JsonDocument.Parse(text).RootElement.GetProperty("choices")[0]).ToList();
        deltas[0].GetProperty("delta").GetProperty("role").GetString().ShouldBe("assistant");
        string.Concat(deltas[1..^1].Select(choice => choice.GetProperty("delta").GetProperty("content").GetString())).ShouldBe("Hello world");
        deltas[^1].GetProperty("finish_reason").GetString().ShouldBe("stop");
    }
}
