using System.Numerics.Tensors;
using PolarGrid.Engine.Llama.Native;

namespace PolarGrid.Engine.Llama.Sampling;

/// <summary>
/// Finds a small set that certainly holds the k likeliest tokens, so that the library sorts some dozens of candidates and not the
/// vocabulary. The k-th largest of the blocks' maxima is a bound: at least k tokens reach it, so none of the k likeliest is below.
/// </summary>
internal static unsafe class TopCandidates
{
    /// <summary>Small blocks make a tight bound.</summary>
    public const int BlockTokens = 64;

    /// <returns>How many candidates were written, in the order of their ids; at least min(k, tokens).</returns>
    public static int Gather(ReadOnlySpan<float> logits, int k, SamplingScratch scratch)
    {
        var blocks = scratch.Blocks.AsSpan(0, (logits.Length + BlockTokens - 1) / BlockTokens);
        for (var block = 0; block < blocks.Length; block++) blocks[block] = TensorPrimitives.MaxNumber(Block(logits, block));
        var bound = KthLargest(blocks, k, scratch.Sorted);

        var count = 0;
        for (var block = 0; block < blocks.Length; block++)
        {
            if (blocks[block] < bound) continue;
            var id = block * BlockTokens;
            foreach (var logit in Block(logits, block))
            {
                if (logit >= bound) scratch.Candidates[count++] = new LlamaTokenData { Id = id, Logit = logit };
                id++;
            }
        }

        return count;
    }

    private static ReadOnlySpan<float> Block(ReadOnlySpan<float> logits, int block) =>
        logits[(block * BlockTokens)..Math.Min((block + 1) * BlockTokens, logits.Length)];

    private static float KthLargest(ReadOnlySpan<float> blocks, int k, Span<float> sorted)
    {
        if (k > blocks.Length) return float.NegativeInfinity;
        sorted = sorted[..blocks.Length];
        blocks.CopyTo(sorted);
        sorted.Sort();
        return sorted[^k];
    }
}
