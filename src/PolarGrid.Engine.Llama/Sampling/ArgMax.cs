using System.Numerics.Tensors;

namespace PolarGrid.Engine.Llama.Sampling;

/// <summary>The likeliest token.</summary>
internal static class ArgMax
{
    /// <summary>The first of the largest; numbers that are none count as smallest.</summary>
    public static int Of(ReadOnlySpan<float> logits)
    {
        var index = TensorPrimitives.IndexOfMax(logits);
        return float.IsNaN(logits[index]) ? Slowly(logits) : index;
    }

    private static int Slowly(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best] || float.IsNaN(logits[best])) best = i;
        }

        return best;
    }
}
