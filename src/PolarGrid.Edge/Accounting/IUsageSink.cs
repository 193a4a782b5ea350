namespace PolarGrid.Edge.Accounting;

/// <summary>Takes the usage of finished requests. Safe from any thread.</summary>
public interface IUsageSink
{
    /// <summary>
    /// Takes one record over. Completes at once as a rule; while more records wait than it may hold, when there is room. It throws nothing:
    /// an answer never fails because it could not be counted.
    /// </summary>
    ValueTask AddAsync(UsageRecord record);
}
