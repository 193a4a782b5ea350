using System.Buffers;
using PolarGrid.Engine.Answers;

namespace PolarGrid.Engine.Text;

/// <summary>
/// Looks for stop strings in a growing text. Text that may be the beginning of a stop string is held back until it is decided,
/// so no part of one ever leaks.
/// </summary>
/// <remarks>The earliest match wins; where two begin at the same place, it makes no difference to what comes before.</remarks>
/// <param name="stops">UTF-8, not empty.</param>
/// <param name="until">Texts from whose first character on no stop string counts any more; UTF-8, not empty.</param>
/// <param name="thinking">In which none counts; null where there is none, or it is part of the answer.</param>
internal sealed class StopMatcher(IReadOnlyList<byte[]> stops, IReadOnlyList<byte[]> until, ThoughtSpan? thinking = null)
{
    private readonly ArrayBufferWriter<byte> held = new(64);
    private bool over = stops.Count == 0;

    /// <summary>Adds text, writes what is certain not to be part of a stop string.</summary>
    /// <returns>True when a stop string is complete: all text before it was written, the rest is dropped.</returns>
    public bool Add(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> output)
    {
        if (over)
        {
            output.Write(text);
            return false;
        }

        held.Write(text);
        if (thinking is { IsOver: false })
        {
            var thought = thinking.Take(held.WrittenSpan);
            output.Write(held.WrittenSpan[..thought]);
            Keep(held.WrittenCount - thought);
            if (!thinking.IsOver) return false;
        }

        var all = held.WrittenSpan;
        var stop = FirstMatch(all, stops);
        var end = FirstMatch(all, until);
        over = end >= 0 && (stop < 0 || end <= stop);
        if (over)
        {
            Flush(output);
            return false;
        }

        // A stop string that may lie behind the last place where any counts is undecided.
        var begun = LongestBeginning(all, until);
        if (stop >= 0 && all.Length - begun > stop)
        {
            output.Write(all[..stop]);
            held.ResetWrittenCount();
            return true;
        }

        var keep = stop >= 0 ? begun : Math.Max(begun, LongestBeginning(all, stops));
        output.Write(all[..^keep]);
        Keep(keep);
        return false;
    }

    /// <summary>Writes what is held: no more text comes, so it is decided.</summary>
    /// <returns>True when a stop string is in it: what stands before that was written.</returns>
    public bool Flush(ArrayBufferWriter<byte> output)
    {
        var all = held.WrittenSpan;
        var stop = over || thinking is { IsInside: true } ? -1 : FirstMatch(all, stops);
        output.Write(stop < 0 ? all : all[..stop]);
        held.ResetWrittenCount();
        return stop >= 0;
    }

    private static int FirstMatch(ReadOnlySpan<byte> text, IReadOnlyList<byte[]> wanted)
    {
        var first = -1;
        foreach (var one in wanted)
        {
            var at = text.IndexOf(one);
            if (at >= 0 && (first < 0 || at < first)) first = at;
        }

        return first;
    }

    private static int LongestBeginning(ReadOnlySpan<byte> text, IReadOnlyList<byte[]> wanted)
    {
        var longest = 0;
        foreach (var one in wanted) longest = Math.Max(longest, Markers.BegunAtEnd(text, one));
        return longest;
    }

    private void Keep(int count)
    {
        Span<byte> rest = count <= 256 ? stackalloc byte[count] : new byte[count];
        held.WrittenSpan[^count..].CopyTo(rest);
        held.ResetWrittenCount();
        held.Write(rest);
    }
}
