using PolarGrid.Engine.Grammars.Syntax;

namespace PolarGrid.Engine.Grammars.Building;

/// <summary>Turns characters into branches over bytes.</summary>
internal sealed class ByteGraph(NodeList nodes)
{
    public int Literal(ReadOnlySpan<byte> text, int next)
    {
        for (var i = text.Length - 1; i >= 0; i--) next = nodes.AddBranch([new ByteArc(text[i], text[i], next)]);
        return next;
    }

    /// <summary>Any of the texts, read without choosing one beforehand: beginnings that they share are built once.</summary>
    public int Literals(List<byte[]> texts, int next)
    {
        texts.Sort(static (left, right) => left.AsSpan().SequenceCompareTo(right));
        return Shared(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(texts), 0, next);
    }

    /// <param name="ranges">Normalised; at least one.</param>
    /// <param name="next">Where the character's last byte leads.</param>
    public int Class(CodePointRange[] ranges, int next)
    {
        var sequences = new List<(byte Low, byte High)[]>();
        foreach (var range in ranges) sequences.AddRange(Utf8Ranges.Of(range));
        var continuations = new int[4];
        return Class(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(sequences), 0, next, continuations);
    }

    private int Shared(ReadOnlySpan<byte[]> texts, int at, int next)
    {
        // A run in which all texts agree needs no recursion: it may be thousands of bytes long.
        var same = texts[0].AsSpan(at).CommonPrefixLength(texts[^1].AsSpan(at));
        var common = texts[0].AsSpan(at, same);
        var fork = at + same;
        var ends = false;
        while (texts.Length > 0 && texts[0].Length == fork)
        {
            ends = true;
            texts = texts[1..];
        }

        var start = next;
        var branches = new List<ByteArc>();
        var from = 0;
        for (var i = 1; i <= texts.Length; i++)
        {
            if (i < texts.Length && texts[i][fork] == texts[from][fork]) continue;
            var value = texts[from][fork];
            branches.Add(new ByteArc(value, value, Shared(texts[from..i], fork + 1, next)));
            from = i;
        }

        if (branches.Count > 0)
        {
            var branch = nodes.AddBranch(branches);
            start = ends ? nodes.AddSplit([branch, next]) : branch;
        }

        return same == 0 ? start : Literal(common, start);
    }

    private int Class(ReadOnlySpan<(byte Low, byte High)[]> sequences, int at, int next, int[] continuations)
    {
        var arcs = new List<ByteArc>();
        var from = 0;
        for (var i = 1; i <= sequences.Length; i++)
        {
            if (i < sequences.Length && sequences[i][at] == sequences[from][at]) continue;
            var (low, high) = sequences[from][at];
            var rest = sequences[from].Length - at - 1;
            var target = rest == 0 ? next
                : IsContinuation(sequences[from], at + 1) ? Continuation(rest, next, continuations)
                : Class(sequences[from..i], at + 1, next, continuations);
            arcs.Add(new ByteArc(low, high, target));
            from = i;
        }

        return nodes.AddBranch(Merged(arcs));
    }

    private static bool IsContinuation((byte Low, byte High)[] sequence, int at) =>
        sequence.AsSpan(at).IndexOfAnyExcept(((byte)0x80, (byte)0xBF)) < 0;

    private int Continuation(int count, int next, int[] continuations)
    {
        if (count == 0) return next;
        if (continuations[count] == 0)
        {
            continuations[count] = nodes.AddBranch([new ByteArc(0x80, 0xBF, Continuation(count - 1, next, continuations))]);
        }

        return continuations[count];
    }

    private static List<ByteArc> Merged(List<ByteArc> arcs)
    {
        var merged = new List<ByteArc>(arcs.Count);
        foreach (var arc in arcs)
        {
            if (merged.Count > 0 && merged[^1].Target == arc.Target && merged[^1].High + 1 == arc.Low) merged[^1] = merged[^1] with { High = arc.High };
            else merged.Add(arc);
        }

        return merged;
    }
}
