using PolarGrid.LoadBench.Scenarios;

namespace PolarGrid.LoadBench.Comparing;

/// <summary>A scenario's medians side by side.</summary>
/// <param name="Ratio">How many times better ours is, whichever direction is better.</param>
/// <param name="Met">Null when the scenario has no bar; false when any of our requests failed.</param>
internal sealed record ComparisonRow(
    string Scenario,
    Headline Ours,
    Headline Theirs,
    double Ratio,
    string? Bar,
    bool? Met,
    int OurErrors,
    int TheirErrors,
    IReadOnlyList<ComparedValue> Further)
{
    public static ComparisonRow From(IScenario scenario, IReadOnlyCollection<Measurement> ours, IReadOnlyCollection<Measurement> theirs)
    {
        var ourHeadline = MedianHeadline(ours);
        var theirHeadline = MedianHeadline(theirs);
        var (better, worse) = ourHeadline.HigherIsBetter ? (ourHeadline, theirHeadline) : (theirHeadline, ourHeadline);
        var ratio = worse.Value > 0 ? better.Value / worse.Value : 0;
        var ourErrors = ours.Sum(run => run.Errors);
        return new ComparisonRow(
            scenario.Name,
            ourHeadline,
            theirHeadline,
            ratio,
            scenario.Bar?.ToString(),
            scenario.Bar is { } bar ? ourErrors == 0 && bar.IsMet(ourHeadline.Value, ratio) : null,
            ourErrors,
            theirs.Sum(run => run.Errors),
            [.. FurtherValues(ours, theirs)]);
    }

    private static IEnumerable<ComparedValue> FurtherValues(IReadOnlyCollection<Measurement> ours, IReadOnlyCollection<Measurement> theirs)
    {
        ComparedValue Compare(string name, Func<Measurement, double> value) =>
            new(name, Distribution.Median(ours.Select(value)), Distribution.Median(theirs.Select(value)));

        yield return Compare("tokensPerSecond", run => run.TokensPerSecond);
        yield return Compare("firstTokenP50Milliseconds", run => run.FirstToken.P50);
        yield return Compare("firstTokenP95Milliseconds", run => run.FirstToken.P95);
        yield return Compare("betweenTokensP50Milliseconds", run => run.BetweenTokens.P50);
        yield return Compare("betweenTokensP99Milliseconds", run => run.BetweenTokens.P99);
        yield return Compare("goodputPerSecond", run => run.Goodput);
        yield return Compare("cachedShare", run => run.PromptTokens > 0 ? (double)run.CachedTokens / run.PromptTokens : 0);
        foreach (var name in ours.First().Details.Keys) yield return Compare(name, run => run.Details.GetValueOrDefault(name));
    }

    private static Headline MedianHeadline(IReadOnlyCollection<Measurement> runs) =>
        runs.First().Headline with { Value = Distribution.Median(runs.Select(run => run.Headline.Value)) };
}
