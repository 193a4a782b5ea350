namespace PolarGrid.Engine.Llama.Threads;

/// <summary>Medians of a few numbers.</summary>
internal static class Medians
{
    private const int Most = 16;

    /// <summary>The middle one, of an even count the lower of the two. 1 to 16 values.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(values.Length, Most);
        Span<double> sorted = stackalloc double[values.Length];
        values.CopyTo(sorted);
        sorted.Sort();
        return sorted[(values.Length - 1) / 2];
    }
}
