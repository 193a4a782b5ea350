using System.Numerics.Tensors;

namespace PolarGrid.Engine.Llama.Sampling;

/// <summary>Logits to weights: <c>e^((logit - largest) * scale)</c>, between 0 and 1.</summary>
internal static class Weights
{
    /// <returns>The sum of the weights; not finite when the logits are broken.</returns>
    public static double Compute(ReadOnlySpan<float> logits, float largest, float scale, Span<float> weights)
    {
        double sum = 0;
        for (var start = 0; start < logits.Length; start += SamplingScratch.BlockTokens)
        {
            var length = Math.Min(SamplingScratch.BlockTokens, logits.Length - start);
            var block = weights.Slice(start, length);
            TensorPrimitives.Subtract(logits.Slice(start, length), largest, block);
            if (scale != 1) TensorPrimitives.Multiply(block, scale, block);
            TensorPrimitives.Exp(block, block);
            sum += TensorPrimitives.Sum<float>(block);
        }

        return sum;
    }
}
