namespace PolarGrid.LoadBench.Scenarios;

/// <summary>What the user asked for instead of a scenario's own numbers; null leaves them.</summary>
internal sealed record LoadSettings
{
    public int? Callers { get; init; }

    public int? PromptTokens { get; init; }

    public int? SharedTokens { get; init; }

    public int? OutputTokens { get; init; }

    public int? Choices { get; init; }

    public int? RequestsPerCaller { get; init; }

    /// <summary>Callers start no request after this long; overrides the number of requests.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>A request counts towards goodput when its first token came within this time ...</summary>
    public double FirstTokenTargetMilliseconds { get; init; } = 1_000;

    /// <summary>... and 95 % of its gaps between tokens were no longer than this.</summary>
    public double GapTargetMilliseconds { get; init; } = 200;
}
