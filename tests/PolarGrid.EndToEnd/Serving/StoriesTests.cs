using System.Net;
using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.EndToEnd.Serving;

/// <summary>A model of the user's own under a name of their own: small, with 512 tokens of context.</summary>
public sealed class StoriesTests
{
    private const string Key = "pg_stories-0123456789abcdef";

    [SharedFact(TestModel.StoriesFile)]
    public async Task A_named_model_tells_a_story_whole_and_streamed_and_refuses_what_does_not_fit()
    {
        using var home = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(
            home.Path, Key, "--model", $"stories={SharedFiles.Get(TestModel.StoriesFile)}", "--alias", "gpt-4o-mini=stories");
        using var api = new Api(server.Url, Key);
        var request = Api.Chat("stories", ("user", "Tell me a story about a girl."));
        request["max_tokens"] = 100;

        var whole = Api.Text(await api.ChatAsync(request));
        whole.Length.ShouldBeGreaterThan(100);

        request["model"] = "gpt-4o-mini";
        Api.Text(await api.ChatAsync(request)).ShouldBe(whole, "an alias is the same model");

        request["stream"] = true;
        using var response = await api.SendAsync("/v1/chat/completions", request, HttpCompletionOption.ResponseHeadersRead);
        var pieces = await Api.EventsAsync(response).Where(data => data != "[DONE]")
            .Select(data => (string?)JsonNode.Parse(data)!["choices"]![0]!["delta"]!["content"]).ToListAsync();
        string.Concat(pieces).ShouldBe(whole);

        var tooLong = Api.Chat("stories", ("user", string.Concat(Enumerable.Repeat("once upon a time ", 512))));
        var (status, body) = await api.PostAsync("/v1/chat/completions", tooLong);
        status.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)body["error"]!["code"]).ShouldBe("context_length_exceeded");
        ((string?)body["error"]!["message"]).ShouldNotBeNull().ShouldContain("512");

        (await api.PostAsync("/v1/chat/completions", Api.Chat("polar-tiny", ("user", "Hello")))).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
