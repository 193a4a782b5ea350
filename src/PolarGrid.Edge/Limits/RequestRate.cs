namespace PolarGrid.Edge.Limits;

/// <summary>The range of a limit on requests per minute, wherever it is set.</summary>
public static class RequestRate
{
    /// <summary>As a limit: there is none.</summary>
    public const int Unlimited = 0;

    /// <summary>The highest limit.</summary>
    public const int Most = 1_000_000;
}
