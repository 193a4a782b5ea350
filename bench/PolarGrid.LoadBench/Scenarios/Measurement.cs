using PolarGrid.LoadBench.Client;

namespace PolarGrid.LoadBench.Scenarios;

/// <summary>The result of one scenario. Times are milliseconds unless the name says otherwise.</summary>
internal sealed record Measurement
{
    public required string Scenario { get; init; }

    public required Headline Headline { get; init; }

    /// <summary>From the first request's start to the last one's end.</summary>
    public required double Seconds { get; init; }

    public required int Callers { get; init; }

    public required int Requests { get; init; }

    public required int Errors { get; init; }

    public string? FirstError { get; init; }

    public required long PromptTokens { get; init; }

    public required long CachedTokens { get; init; }

    public required long CompletionTokens { get; init; }

    /// <summary>Chunks with text. Fewer than tokens when a server sends several at once or holds halves of characters back.</summary>
    public required long TextPieces { get; init; }

    public required double TokensPerSecond { get; init; }

    public required double TokensPerSecondPerCaller { get; init; }

    /// <summary>Requests per second that met both targets.</summary>
    public required double Goodput { get; init; }

    public required Distribution FirstToken { get; init; }

    public required Distribution BetweenTokens { get; init; }

    /// <summary>What only this scenario knows.</summary>
    public Dictionary<string, double> Details { get; init; } = [];

    /// <param name="headline">Made from the seconds in all and the tokens per second.</param>
    public static Measurement From(
        string scenario,
        int callers,
        IReadOnlyCollection<RequestOutcome> outcomes,
        LoadSettings settings,
        Func<double, double, Headline> headline)
    {
        var good = outcomes.Where(outcome => outcome.Error is null).ToList();
        var seconds = RequestOutcome.Milliseconds(outcomes.Min(outcome => outcome.Started), outcomes.Max(outcome => outcome.Ended)) / 1_000;
        var tokens = good.Sum(outcome => (long)outcome.CompletionTokens);
        var rate = tokens / seconds;
        return new Measurement
        {
            Scenario = scenario,
            Headline = headline(seconds, rate),
            Seconds = seconds,
            Callers = callers,
            Requests = outcomes.Count,
            Errors = outcomes.Count - good.Count,
            FirstError = outcomes.FirstOrDefault(outcome => outcome.Error is not null)?.Error,
            PromptTokens = good.Sum(outcome => (long)outcome.PromptTokens),
            CachedTokens = good.Sum(outcome => (long)outcome.CachedTokens),
            CompletionTokens = tokens,
            TextPieces = good.Sum(outcome => (long)outcome.Pieces.Count),
            TokensPerSecond = rate,
            TokensPerSecondPerCaller = rate / callers,
            Goodput = good.Count(outcome => MeetsTargets(outcome, settings)) / seconds,
            FirstToken = Distribution.Of(good.Select(outcome => outcome.FirstTokenMilliseconds).OfType<double>()),
            BetweenTokens = Distribution.Of(good.SelectMany(outcome => outcome.Gaps())),
        };
    }

    private static bool MeetsTargets(RequestOutcome outcome, LoadSettings settings) =>
        outcome.Succeeded
        && outcome.FirstTokenMilliseconds <= settings.FirstTokenTargetMilliseconds
        && Distribution.Of(outcome.Gaps()).P95 <= settings.GapTargetMilliseconds;
}
