using System.Numerics;
using PolarGrid.Engine.Grammars.Tokens;

namespace PolarGrid.Engine.Llama.Sampling;

/// <summary>Copies a row of logits with minus infinity for every token outside a mask.</summary>
internal static class MaskedLogits
{
    /// <param name="logits">One per token; not changed.</param>
    /// <param name="allowed">What keeps its logit.</param>
    /// <param name="masked">As long as <paramref name="logits"/>.</param>
    public static void Write(ReadOnlySpan<float> logits, TokenMask allowed, Span<float> masked)
    {
        if (allowed.IsList)
        {
            masked.Fill(float.NegativeInfinity);
            foreach (var token in allowed.Few) masked[token] = logits[token];
            return;
        }

        var words = allowed.Words;
        for (var word = 0; word < words.Length; word++)
        {
            var from = word * 64;
            var length = Math.Min(64, logits.Length - from);
            WriteWord(logits.Slice(from, length), words[word], masked.Slice(from, length));
        }
    }

    private static void WriteWord(ReadOnlySpan<float> logits, ulong bits, Span<float> masked)
    {
        if (bits == ulong.MaxValue)
        {
            logits.CopyTo(masked);
            return;
        }

        masked.Fill(float.NegativeInfinity);
        for (var rest = bits; rest != 0; rest &= rest - 1)
        {
            var bit = BitOperations.TrailingZeroCount(rest);
            masked[bit] = logits[bit];
        }
    }
}
