using System.Numerics;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Sampling;

/// <summary>
/// Finds the weight of the last token that top_p keeps, without sorting the vocabulary. Tokens are kept from the likeliest down until
/// their weights reach the share <c>p</c> of the sum of all; tokens that weigh the same as the last one stay too.
/// </summary>
/// <remarks>
/// Two facts make it cheap and exact. Tokens lighter than <c>(1-p)·sum/count</c> together weigh less than <c>(1-p)·sum</c>, so none of
/// them is kept and they need no look. Of the rest only those in the bin where the running sum crosses the share need to be sorted.
/// </remarks>
internal static class NucleusCutoff
{
    // A weight's bin is the upper half of its bits: its exponent and seven bits of its fraction. Weights are at most 1.
    public const int BinCount = 0x3F80 + 1;
    private const int BinShift = 16;

    /// <param name="weights">0 to 1 each.</param>
    /// <param name="sum">Of the weights.</param>
    /// <param name="share">Above 0, below 1.</param>
    /// <param name="scratch">Its survivors and bins are used.</param>
    /// <returns>Tokens of this weight and heavier ones are kept.</returns>
    public static float Find(ReadOnlySpan<float> weights, double sum, float share, SamplingScratch scratch)
    {
        // A little below the bound, so that rounding cannot drop a token that counts.
        var bound = (float)((1.0 - share) * sum / weights.Length * 0.99);
        var survivors = scratch.Survivors.AsSpan(0, Pack(weights, bound, scratch.Survivors));
        if (survivors.IsEmpty) return bound;

        var bins = scratch.Bins;
        var lowest = BinOf(bound);
        Array.Clear(bins, lowest, BinCount - lowest);
        foreach (var weight in survivors) bins[BinOf(weight)] += weight;

        var target = share * sum;
        var running = 0.0;
        var bin = BinCount - 1;
        while (bin > lowest && running + bins[bin] < target) running += bins[bin--];
        return FindInBin(survivors, bin, target - running) ?? bound;
    }

    private static float? FindInBin(Span<float> survivors, int bin, double missing)
    {
        var count = 0;
        foreach (var weight in survivors)
        {
            if (BinOf(weight) == bin) survivors[count++] = weight;
        }

        if (count == 0) return null;
        var members = survivors[..count];
        members.Sort();
        for (var i = count - 1; i > 0; i--)
        {
            missing -= members[i];
            if (missing <= 0) return members[i];
        }

        return members[0];
    }

    private static int Pack(ReadOnlySpan<float> weights, float bound, Span<float> packed)
    {
        var count = 0;
        var bounds = new Vector<float>(bound);
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(weights);
        for (var v = 0; v < vectors.Length; v++)
        {
            if (!Vector.GreaterThanOrEqualAny(vectors[v], bounds)) continue;
            foreach (var weight in weights.Slice(v * Vector<float>.Count, Vector<float>.Count))
            {
                if (weight >= bound) packed[count++] = weight;
            }
        }

        foreach (var weight in weights[(vectors.Length * Vector<float>.Count)..])
        {
            if (weight >= bound) packed[count++] = weight;
        }

        return count;
    }

    private static int BinOf(float weight) => Math.Min(BitConverter.SingleToInt32Bits(weight) >> BinShift, BinCount - 1);
}
