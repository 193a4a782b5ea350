namespace PolarGrid.LoadBench.Scenarios;

/// <summary>Percentiles by linear interpolation; zeros when there was nothing to count.</summary>
internal sealed record Distribution(int Count, double Mean, double P50, double P95, double P99, double Max)
{
    public static Distribution Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0
            ? new Distribution(0, 0, 0, 0, 0, 0)
            : new Distribution(sorted.Length, sorted.Average(), At(sorted, 0.5), At(sorted, 0.95), At(sorted, 0.99), sorted[^1]);
    }

    public static double Median(IEnumerable<double> values) => Of(values).P50;

    private static double At(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
