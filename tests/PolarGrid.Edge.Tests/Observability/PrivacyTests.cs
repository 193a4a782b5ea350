using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Observability;

public sealed class PrivacyTests
{
    private const string Marker = "MARKER-c0ffee";

    [Fact]
    public async Task No_log_line_of_any_level_holds_prompt_answer_or_key()
    {
        using var logs = new CapturedLogs();
        await using var server = await EdgeServer.StartAsync(logs: logs);
        server.Engine.Script = request => Steps.Answer(request, "ANSWER-" + Marker);
        string[] bodies =
        [
            $"{{\"model\":\"test-model\",\"messages\":[{{\"role\":\"user\",\"content\":\"{Marker}\"}}]}}",
            $"{{\"model\":\"test-model\",\"stream\":true,\"messages\":[{{\"role\":\"user\",\"content\":\"{Marker}\"}}]}}",
            $"{{\"model\":\"{Marker}\",\"messages\":[{{\"role\":\"user\",\"content\":\"{Marker}\"}}]}}",
            $"{{\"model\":\"test-model\",\"messages\":[{{\"role\":\"user\",\"content\":\"{Marker}\"}}",
            $"{{\"model\":\"test-model\",\"messages\":[{{\"role\":\"{Marker}\",\"content\":\"{Marker}\"}}],\"user\":\"{Marker}\"}}",
        ];
        foreach (var body in bodies) using (await server.PostAsync("/v1/chat/completions", body)) { }
        server.Engine.Script = _ => throw new InvalidOperationException(Marker);
        using (await server.PostAsync("/v1/chat/completions", bodies[0])) { }
        using var stranger = server.NewClient("pg_" + Marker + "-0123456789");
        using (await stranger.GetAsync("/v1/models")) { }

        await Until.TrueAsync(() => logs.Requests.Count == bodies.Length + 2);
        logs.Lines.ShouldAllBe(line => !line.Text.Contains(Marker));
        logs.Lines.ShouldAllBe(line => !line.Text.Contains(server.Key));
    }

    [Fact]
    public async Task One_line_per_request_tells_what_happened()
    {
        using var logs = new CapturedLogs();
        await using var server = await EdgeServer.StartAsync(logs: logs);
        using var response = await server.ChatAsync("\"stream\":true");
        await response.Content.ReadAsStringAsync();

        await Until.TrueAsync(() => logs.Requests.Count > 0);
        var text = logs.Requests.Single();
        text.ShouldContain("POST /v1/chat/completions 200 Answered");
        text.ShouldContain("model=test-model stream=True prompt=7 cached=0 completion=4");
        text.ShouldContain("key=" + server.Keys.List().Single().Id);
    }
}
