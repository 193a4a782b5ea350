using System.Text;
using PolarGrid.Engine.Grammars.Syntax;

namespace PolarGrid.Engine.Grammars.Building;

/// <summary>Splits ranges of characters into sequences of byte ranges, as UTF-8 writes them.</summary>
internal static class Utf8Ranges
{
    private static readonly int[] LastOfLength = [0x7F, 0x7FF, 0xFFFF, CodePoints.Largest];

    /// <summary>Byte ranges of one length each; together they match exactly the characters.</summary>
    public static IEnumerable<(byte Low, byte High)[]> Of(CodePointRange range)
    {
        var first = range.First;
        foreach (var limit in LastOfLength)
        {
            if (first > range.Last) yield break;
            if (first > limit) continue;
            foreach (var sequence in SameLength(first, Math.Min(limit, range.Last))) yield return sequence;
            first = limit + 1;
        }
    }

    private static List<(byte Low, byte High)[]> SameLength(int first, int last)
    {
        Span<byte> low = stackalloc byte[4], high = stackalloc byte[4];
        var length = new Rune(first).EncodeToUtf8(low);
        new Rune(last).EncodeToUtf8(high);
        var sequences = new List<(byte Low, byte High)[]>();
        Split(low[..length].ToArray(), high[..length].ToArray(), 0, [], sequences);
        return sequences;
    }

    /// <summary>Cuts where the leading bytes differ, so that each piece is a product of byte ranges.</summary>
    private static void Split(byte[] low, byte[] high, int at, (byte Low, byte High)[] before, List<(byte Low, byte High)[]> sequences)
    {
        if (at == low.Length)
        {
            sequences.Add(before);
            return;
        }

        if (low[at] == high[at])
        {
            Split(low, high, at + 1, [.. before, (low[at], high[at])], sequences);
            return;
        }

        var from = (int)low[at];
        var to = (int)high[at];
        if (!RestIs(low, at, 0x80))
        {
            Split(low, Filled(low, at, 0xBF), at, before, sequences);
            from++;
        }

        var cutEnd = !RestIs(high, at, 0xBF);
        if (cutEnd) to--;
        if (from <= to)
        {
            var rest = Enumerable.Repeat(((byte)0x80, (byte)0xBF), low.Length - at - 1);
            sequences.Add([.. before, ((byte)from, (byte)to), .. rest]);
        }

        if (cutEnd) Split(Filled(high, at, 0x80), high, at, before, sequences);
    }

    private static bool RestIs(byte[] bytes, int at, byte value) => bytes.AsSpan(at + 1).IndexOfAnyExcept(value) < 0;

    private static byte[] Filled(byte[] bytes, int at, byte value)
    {
        var filled = (byte[])bytes.Clone();
        filled.AsSpan(at + 1).Fill(value);
        return filled;
    }
}
