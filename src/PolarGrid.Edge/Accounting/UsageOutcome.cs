namespace PolarGrid.Edge.Accounting;

/// <summary>How a counted request ended.</summary>
public enum UsageOutcome
{
    /// <summary>With the whole answer.</summary>
    Answered,

    /// <summary>With an error, as a status or in the middle of a stream.</summary>
    Failed,

    /// <summary>The caller left first.</summary>
    Cancelled,
}
