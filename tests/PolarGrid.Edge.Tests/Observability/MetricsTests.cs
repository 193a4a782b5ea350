using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Engine;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Observability;

public sealed class MetricsTests
{
    [Fact]
    public async Task Scrape_shows_requests_tokens_latencies_and_models()
    {
        await using var server = await EdgeServer.StartAsync();
        server.Engine.Status = new EngineStatus(true, 2, 3, 4, 500, 4096);
        server.Engine.Script = _ =>
        [
            new ScriptStep.Start(10, 4), new ScriptStep.Say("a"), new ScriptStep.Wait(Task.Delay(20)), new ScriptStep.Say("b"),
            new ScriptStep.Finish(), new ScriptStep.Complete(),
        ];
        using (var answer = await server.ChatAsync("\"stream\":true,\"made_up\":1")) await answer.Content.ReadAsStringAsync();
        using (var refused = await server.ChatAsync("\"temperature\":9")) refused.IsSuccessStatusCode.ShouldBeFalse();

        var text = "";
        await Until.TrueAsync(async () =>
        {
            text = await server.Client.GetStringAsync("/metrics");
            return text.Contains("status=\"400\"", StringComparison.Ordinal) && text.Contains("completion_tokens", StringComparison.Ordinal);
        });

        var lines = text.Split('\n');
        lines.ShouldContain("polargrid_edge_requests_total{route=\"/v1/chat/completions\",model=\"test-model\",status=\"200\"} 1");
        lines.ShouldContain("polargrid_edge_requests_total{route=\"/v1/chat/completions\",model=\"\",status=\"400\"} 1");
        lines.ShouldContain("polargrid_edge_errors_total{code=\"decimal_above_max_value\"} 1");
        lines.ShouldContain("polargrid_edge_prompt_tokens_total{model=\"test-model\"} 10");
        lines.ShouldContain("polargrid_edge_cached_tokens_total{model=\"test-model\"} 4");
        lines.ShouldContain("polargrid_edge_completion_tokens_total{model=\"test-model\"} 3");
        lines.ShouldContain("polargrid_edge_unknown_parameters_total 1");
        lines.ShouldContain("polargrid_edge_active_streams 0");
        lines.ShouldContain("polargrid_edge_time_to_first_token_seconds_count{model=\"test-model\"} 1");
        lines.ShouldContain("# TYPE polargrid_edge_inter_token_seconds histogram");
        lines.ShouldContain("polargrid_model_running{model=\"test-model\"} 2");
        lines.ShouldContain("polargrid_model_waiting{model=\"test-model\"} 3");
        lines.ShouldContain("polargrid_model_kv_used{model=\"test-model\"} 500");
    }
}
