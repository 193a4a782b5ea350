namespace PolarGrid.Engine.Llama.Threads;

/// <summary>
/// Decides how many sequences one decoding pass should compute, by what passes of each width take. On some processors a pass over two
/// rows takes more than twice as long as one over a single row, since the library changes to a kernel made for many; then taking turns
/// gives everybody more tokens per second.
/// </summary>
/// <remarks>
/// Of n sequences, n, half of them or one may be computed at a time. A width that was never seen is tried for a few passes, for one if
/// that was clearly slow, and known ones are tried again after a long time; all together soon and then ever more rarely, since that costs
/// little and what was measured in a noisy moment must not last. No clock inside: it is told how long passes took.
/// </remarks>
public sealed class DecodeWidths
{
    /// <summary>More sequences than this are always computed together: there one pass for all is cheaper everywhere.</summary>
    public const int MostSequences = 8;

    private const int Samples = 5;
    private const int LeastSamples = 3;
    private const int ForgetAfter = 2048;
    private const int FirstPatience = 32;

    // Taking turns must be worth it by this much, since what passes take is never quite the same.
    private const double Gain = 0.95;
    private const double Hopeless = 1.1;

    private readonly double[] durations = new double[MostSequences * Samples];
    private readonly int[] counts = new int[MostSequences];
    private readonly int[] seenAt = new int[MostSequences];
    private readonly int[] threads = new int[MostSequences];
    private readonly int[] patience = new int[MostSequences];
    private int passes;

    /// <summary>Reports a pass over so many rows.</summary>
    /// <param name="rows">At least 1; more than <see cref="MostSequences"/> say nothing here.</param>
    /// <param name="threadCount">A change makes what was known of this width worthless.</param>
    /// <param name="duration">How long it took; any unit, as long as it is always the same.</param>
    public void Report(int rows, int threadCount, double duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        passes++;
        if (rows > MostSequences) return;
        if (threads[rows - 1] != threadCount) counts[rows - 1] = patience[rows - 1] = 0;
        threads[rows - 1] = threadCount;
        durations[((rows - 1) * Samples) + (counts[rows - 1]++ % Samples)] = duration;
        seenAt[rows - 1] = passes;
    }

    /// <summary>How many of so many sequences to compute in the next pass.</summary>
    /// <param name="sequences">At least 1.</param>
    public int For(int sequences)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequences, 1);
        if (sequences is 1 or > MostSequences) return sequences;
        RenewTogether(sequences);
        if (!IsKnown(sequences)) return sequences;

        var best = sequences;
        var bestCost = Median(sequences) * Gain;
        Span<int> candidates = [(sequences + 1) / 2, 1];
        foreach (var width in candidates)
        {
            // Turns of unequal width are left out: what is left over would be a width of its own to learn.
            if (width >= best || sequences % width != 0) continue;
            var turns = sequences / width;
            if (!IsKnown(width) && (counts[width - 1] == 0 || Median(width) * turns < bestCost * Hopeless)) return width;
            var cost = Median(width) * turns;
            if (cost >= bestCost) continue;
            best = width;
            bestCost = cost;
        }

        return best;
    }

    /// <summary>Begins anew.</summary>
    public void Forget()
    {
        Array.Clear(counts);
        Array.Clear(patience);
    }

    /// <summary>Forgets what a pass over all of them takes when they have taken turns for a while.</summary>
    private void RenewTogether(int sequences)
    {
        var index = sequences - 1;
        if (counts[index] < LeastSamples || passes - seenAt[index] <= Math.Max(FirstPatience, patience[index])) return;
        counts[index] = 0;
        patience[index] = Math.Min(ForgetAfter, 2 * Math.Max(FirstPatience, patience[index]));
    }

    private bool IsKnown(int width)
    {
        var index = width - 1;
        if (counts[index] >= LeastSamples && passes - seenAt[index] > ForgetAfter) counts[index] = 0;
        return counts[index] >= LeastSamples;
    }

    private double Median(int width)
    {
        var index = width - 1;
        return Medians.Of(durations.AsSpan(index * Samples, Math.Min(counts[index], Samples)));
    }
}
