namespace PolarGrid.LoadBench.Scenarios;

/// <summary>What a scenario must reach: a ratio against the other server, or a limit on our own value.</summary>
internal sealed record Bar(BarKind Kind, double Value)
{
    /// <param name="ratio">How many times better ours is.</param>
    public bool IsMet(double ours, double ratio) => Kind switch
    {
        BarKind.RatioAtLeast => ratio >= Value,
        BarKind.OursAtMost => ours <= Value,
        _ => ours >= Value,
    };

    public override string ToString() => Kind switch
    {
        BarKind.RatioAtLeast => $"{Value:0.##}x",
        BarKind.OursAtMost => $"ours <= {Value:0.##}",
        _ => $"ours >= {Value:0.##}",
    };
}
