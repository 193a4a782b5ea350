using PolarGrid.LoadBench.Scenarios;

namespace PolarGrid.LoadBench.Comparing;

/// <summary>A scenario's medians side by side.</summary>
/// <param name="Ratio">How many times better ours is, whichever direction is better.</param>
/// <param name="Met">Null when the scenario has no bar; false when any of our requests failed.</param>
internal sealed record ComparisonRow(
    string Scenario, string Headline, string Unit, double Ours, double Theirs, double Ratio, string? Bar, bool? Met, int OurErrors, int TheirErrors)
{
    public static ComparisonRow From(IScenario scenario, IEnumerable<Measurement> ours, IEnumerable<Measurement> theirs)
    {
        var ourRuns = ours.ToList();
        var theirRuns = theirs.ToList();
        var headline = ourRuns[0].Headline;
        var ourValue = Distribution.Median(ourRuns.Select(run => run.Headline.Value));
        var theirValue = Distribution.Median(theirRuns.Select(run => run.Headline.Value));
        var (better, worse) = headline.HigherIsBetter ? (ourValue, theirValue) : (theirValue, ourValue);
        var ratio = worse > 0 ? better / worse : 0;
        var ourErrors = ourRuns.Sum(run => run.Errors);
        return new ComparisonRow(
            scenario.Name,
            headline.Name,
            headline.Unit,
            ourValue,
            theirValue,
            ratio,
            scenario.Bar?.ToString(),
            scenario.Bar is { } bar ? ourErrors == 0 && bar.IsMet(ourValue, ratio) : null,
            ourErrors,
            theirRuns.Sum(run => run.Errors));
    }
}
