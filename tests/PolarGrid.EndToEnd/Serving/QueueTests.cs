using System.ClientModel;
using System.Net;
using OpenAI;
using OpenAI.Chat;
using PolarGrid.EndToEnd.Running;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.EndToEnd.Serving;

/// <summary>A server that computes one answer at a time and lets one more wait.</summary>
public sealed class QueueTests
{
    private const string Key = "pg_queue-0123456789abcdef";

    [ModelFact]
    public async Task A_full_queue_is_503_with_Retry_After_and_a_client_that_retries_gets_its_answer()
    {
        using var home = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(home.Path, Key, [.. TestModel.Arguments, "--parallel", "1", "--queue", "1"]);
        using var api = new Api(server.Url, Key);
        var endless = Api.Chat(TestModel.Name, ("user", "Tell me a story."));
        endless["stream"] = true;
        endless["ignore_eos"] = true;
        endless["max_tokens"] = 1900;
        using var leave = new CancellationTokenSource();
        using var running = await api.SendAsync("/v1/chat/completions", endless, HttpCompletionOption.ResponseHeadersRead, leave.Token);
        var waiting = api.SendAsync("/v1/chat/completions", endless, HttpCompletionOption.ResponseHeadersRead, leave.Token);
        await WaitForAsync(api, "polargrid_model_waiting", 1);

        using var refused = await api.SendAsync("/v1/chat/completions", Api.Chat(TestModel.Name, ("user", "Hello")), HttpCompletionOption.ResponseContentRead);
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("queue_full");

        var client = new ChatClient(
            TestModel.Name, new ApiKeyCredential(Key), new OpenAIClientOptions { Endpoint = new Uri(server.Url, "/v1"), NetworkTimeout = TimeSpan.FromMinutes(1) });
        var patient = client.CompleteChatAsync([new UserChatMessage("Hello")]);
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);

        (await patient).Value.Content.ShouldHaveSingleItem().Text.ShouldNotBeNullOrWhiteSpace();
    }

    private static async Task WaitForAsync(Api api, string metric, double least)
    {
        while (await api.MetricAsync(metric) < least) await Task.Yield();
    }
}
