using System.Net;
using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using Shouldly;

namespace PolarGrid.EndToEnd.Serving;

/// <summary>What curl sees.</summary>
[Collection(ServerCollection.Name)]
public sealed class HttpTests(ServerFixture fixture)
{
    [ModelFact]
    public async Task Health_is_open_and_healthy()
    {
        using var nobody = new Api(fixture.Server.Url, null);

        var (status, body) = await nobody.GetAsync("/health");

        status.ShouldBe(HttpStatusCode.OK);
        ((string?)JsonNode.Parse(body)!["status"]).ShouldBe("healthy");
    }

    [ModelFact]
    public async Task Everything_else_refuses_without_a_key()
    {
        using var nobody = new Api(fixture.Server.Url, null);

        foreach (var path in (string[])["/metrics", "/v1/models", $"/v1/models/{TestModel.Name}", "/v1/nothing"])
        {
            var (status, body) = await nobody.GetAsync(path);
            status.ShouldBe(HttpStatusCode.Unauthorized, path);
            ((string?)JsonNode.Parse(body)!["error"]!["code"]).ShouldBe("invalid_api_key");
        }
    }

    [ModelFact]
    public async Task Metrics_count_requests_and_tokens()
    {
        var before = await fixture.Api.MetricAsync("polargrid_edge_completion_tokens_total");
        var answer = await fixture.Api.ChatAsync(Api.Chat(TestModel.Name, ("user", "Tell me about a cat.")));
        var after = await fixture.Api.MetricAsync("polargrid_edge_completion_tokens_total");

        (after - before).ShouldBe((int)answer["usage"]!["completion_tokens"]!);
        (await fixture.Api.MetricAsync("polargrid_edge_requests_total")).ShouldBeGreaterThan(0);
        (await fixture.Api.MetricAsync("polargrid_edge_time_to_first_token_seconds_count")).ShouldBeGreaterThan(0);
        (await fixture.Api.MetricAsync("polargrid_model_kv_capacity")).ShouldBeGreaterThan(0);
    }

    [ModelFact]
    public async Task A_stream_is_events_that_end_with_done()
    {
        var request = Api.Chat(TestModel.Name, ("user", "Tell me about a bird."));
        request["stream"] = true;
        using var response = await fixture.Api.SendAsync("/v1/chat/completions", request, HttpCompletionOption.ResponseHeadersRead);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var events = await Api.EventsAsync(response).ToListAsync();
        events[^1].ShouldBe("[DONE]");
        events.Count(data => data == "[DONE]").ShouldBe(1);
        var reasons = events[..^1].Select(data => (string?)JsonNode.Parse(data)!["choices"]!.AsArray().FirstOrDefault()?["finish_reason"]).OfType<string>();
        reasons.ShouldHaveSingleItem().ShouldBeOneOf("stop", "length");
    }

    [ModelFact]
    public async Task Broken_JSON_gets_an_error_envelope_and_the_server_goes_on()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fixture.Server.Url, "/v1/chat/completions"))
        {
            Content = new StringContent("{\"model\": ", System.Text.Encoding.UTF8, "application/json"),
            Headers = { { "Authorization", $"Bearer {ServerFixture.Key}" } },
        };
        using var response = await http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["type"]).ShouldBe("invalid_request_error");
        (await fixture.Api.GetAsync("/health")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [ModelFact]
    public async Task Neither_keys_nor_prompts_are_logged()
    {
        const string secret = "aardvarks dream of quicksilver";
        await fixture.Api.ChatAsync(Api.Chat(TestModel.Name, ("user", secret)));

        var printed = fixture.Server.Output + fixture.Server.Error;
        printed.ShouldNotContain(secret);
        printed.ShouldNotContain(ServerFixture.Key);
    }
}
