using PolarGrid.LoadBench.Scenarios;

namespace PolarGrid.LoadBench.Reports;

/// <summary>A run against one server, for people.</summary>
internal static class LoadTable
{
    public static string Of(IEnumerable<Measurement> measurements)
    {
        var table = new TextTable(
            "scenario",
            "headline",
            "value",
            "tok/s",
            "per caller",
            "TTFT p50/p95/p99 ms",
            "ITL p50/p95/p99/max ms",
            "goodput/s",
            "cached",
            "errors");
        foreach (var m in measurements)
        {
            var cached = m.PromptTokens > 0 ? $"{100.0 * m.CachedTokens / m.PromptTokens:F0} %" : "-";
            table.Add(
                m.Scenario,
                m.Headline.Name,
                $"{m.Headline.Value:0.###} {m.Headline.Unit}",
                $"{m.TokensPerSecond:F1}",
                $"{m.TokensPerSecondPerCaller:F1}",
                $"{m.FirstToken.P50:F1} / {m.FirstToken.P95:F1} / {m.FirstToken.P99:F1}",
                $"{m.BetweenTokens.P50:F1} / {m.BetweenTokens.P95:F1} / {m.BetweenTokens.P99:F1} / {m.BetweenTokens.Max:F1}",
                $"{m.Goodput:F2}",
                cached,
                $"{m.Errors}/{m.Requests}");
        }

        return table.ToString();
    }
}
