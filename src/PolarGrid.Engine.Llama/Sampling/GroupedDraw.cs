using System.Numerics.Tensors;
using PolarGrid.Engine.Llama.Native;

namespace PolarGrid.Engine.Llama.Sampling;

/// <summary>
/// Draws a token from many without handing all of them to the library: first a block of tokens by the sum of its weights, then a
/// token of that block. A token's chance is its block's share times its share of the block, which is its share of the whole.
/// </summary>
internal static unsafe class GroupedDraw
{
    /// <param name="weights">0 for tokens that must not be drawn; at least one is above 0.</param>
    /// <param name="draw">A plain draw; used twice.</param>
    /// <param name="scratch">Its candidates are used.</param>
    public static int Choose(ReadOnlySpan<float> weights, DrawChain draw, SamplingScratch scratch)
    {
        var count = 0;
        for (var start = 0; start < weights.Length; start += SamplingScratch.BlockTokens)
        {
            var sum = TensorPrimitives.Sum(Block(weights, start));
            if (sum > 0) scratch.Candidates[count++] = new LlamaTokenData { Id = start, Logit = MathF.Log(sum) };
        }

        var chosen = draw.Choose(scratch.Candidates, count);
        count = 0;
        var id = chosen;
        foreach (var weight in Block(weights, chosen))
        {
            if (weight > 0) scratch.Candidates[count++] = new LlamaTokenData { Id = id, Logit = MathF.Log(weight) };
            id++;
        }

        return draw.Choose(scratch.Candidates, count);
    }

    private static ReadOnlySpan<float> Block(ReadOnlySpan<float> weights, int start) =>
        weights[start..Math.Min(start + SamplingScratch.BlockTokens, weights.Length)];
}
