namespace PolarGrid.Edge.Accounting;

/// <summary>What one inference request used, however it ended. It holds nothing of what was asked or answered.</summary>
/// <param name="RequestId">As <c>x-request-id</c> says, or a job's id. A record that comes twice is counted once.</param>
/// <param name="KeyId">Whose request it was.</param>
/// <param name="Kind">What it asked for.</param>
/// <param name="Ended">When it ended; its day, in UTC, is the one it is counted under.</param>
public sealed record UsageRecord(string RequestId, string KeyId, UsageKind Kind, DateTimeOffset Ended)
{
    /// <summary>The model that answered; null where the request did not get as far.</summary>
    public string? Model { get; init; }

    /// <summary>HTTP status; of a job, the one that a caller on the line would have got.</summary>
    public required int Status { get; init; }

    public required UsageOutcome Outcome { get; init; }

    /// <summary>Cached ones included.</summary>
    public int PromptTokens { get; init; }

    public int CachedTokens { get; init; }

    /// <summary>Everything that was generated, sent or not, thinking included.</summary>
    public int CompletionTokens { get; init; }

    public int ReasoningTokens { get; init; }

    /// <summary>Of the text to be spoken, as Unicode counts them.</summary>
    public int Characters { get; init; }

    /// <summary>Audio that was made.</summary>
    public double SpokenSeconds { get; init; }

    /// <summary>Audio that was listened to.</summary>
    public double HeardSeconds { get; init; }
}
