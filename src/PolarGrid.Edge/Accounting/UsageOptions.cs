namespace PolarGrid.Edge.Accounting;

/// <summary>How usage is kept. Fixed at start.</summary>
public sealed class UsageOptions
{
    /// <summary>How long the records of single requests are kept, 1 to 3,650 days; sums by day stay.</summary>
    public int RecordsKeptDays { get; set; } = 90;

    /// <summary>Records that may wait to be written, 1 to 1,000,000. When it is full, requests wait with their last step.</summary>
    public int MaxWaiting { get; set; } = 16_384;
}
