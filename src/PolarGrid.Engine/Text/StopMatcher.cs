using System.Buffers;

namespace PolarGrid.Engine.Text;

/// <summary>
/// Looks for stop strings in a growing text. Text that may be the beginning of a stop string is held back until it is decided,
/// so no part of one ever leaks.
/// </summary>
/// <remarks>The earliest match wins; where two begin at the same place, it makes no difference to what comes before.</remarks>
internal sealed class StopMatcher(IReadOnlyList<byte[]> stops)
{
    private readonly ArrayBufferWriter<byte> held = new(64);

    /// <summary>Adds text, writes what is certain not to be part of a stop string.</summary>
    /// <returns>True when a stop string is complete: all text before it was written, the rest is dropped.</returns>
    public bool Add(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> output)
    {
        if (stops.Count == 0)
        {
            output.Write(text);
            return false;
        }

        held.Write(text);
        var all = held.WrittenSpan;
        var first = FirstMatch(all);
        if (first >= 0)
        {
            output.Write(all[..first]);
            held.ResetWrittenCount();
            return true;
        }

        var keep = LongestBeginning(all);
        output.Write(all[..^keep]);
        Keep(keep);
        return false;
    }

    /// <summary>Writes what is held: no more text comes, so it was no stop string.</summary>
    public void Flush(ArrayBufferWriter<byte> output)
    {
        output.Write(held.WrittenSpan);
        held.ResetWrittenCount();
    }

    private int FirstMatch(ReadOnlySpan<byte> text)
    {
        var first = -1;
        foreach (var stop in stops)
        {
            var at = text.IndexOf(stop);
            if (at >= 0 && (first < 0 || at < first)) first = at;
        }

        return first;
    }

    private int LongestBeginning(ReadOnlySpan<byte> text)
    {
        var longest = 0;
        foreach (var stop in stops)
        {
            for (var length = Math.Min(stop.Length - 1, text.Length); length > longest; length--)
            {
                if (!text.EndsWith(stop.AsSpan(0, length))) continue;
                longest = length;
                break;
            }
        }

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
