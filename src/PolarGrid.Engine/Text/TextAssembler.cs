using System.Buffers;

namespace PolarGrid.Engine.Text;

/// <summary>From token bytes to text that may be sent: whole characters, no part of a stop string.</summary>
/// <param name="stops">Stop strings.</param>
/// <param name="until">Texts from which on they do not count.</param>
/// <param name="thinking">In which they do not count; null where they count everywhere.</param>
internal sealed class TextAssembler(IReadOnlyList<byte[]> stops, IReadOnlyList<byte[]> until, ThoughtSpan? thinking = null)
{
    private readonly Utf8Assembler characters = new();
    private readonly StopMatcher matcher = new(stops, until, thinking);
    private readonly ArrayBufferWriter<byte> whole = new(32);
    private readonly ArrayBufferWriter<byte> output = new(32);

    /// <summary>What the last call released; valid until the next one.</summary>
    public ReadOnlySpan<byte> Released => output.WrittenSpan;

    /// <summary>Bytes of all whole characters so far, held back or not.</summary>
    public long AssembledBytes { get; private set; }

    /// <summary>Those characters. Counted only where <see cref="CountsCharacters"/> asks for it.</summary>
    public int Characters { get; private set; }

    /// <summary>Whether characters are counted.</summary>
    public bool CountsCharacters { get; init; }

    /// <summary>Adds a token's bytes.</summary>
    /// <returns>True when a stop string is complete.</returns>
    public bool Add(ReadOnlySpan<byte> piece)
    {
        whole.ResetWrittenCount();
        output.ResetWrittenCount();
        characters.Add(piece, whole);
        Count();
        return matcher.Add(whole.WrittenSpan, output);
    }

    /// <summary>Releases what was held back, because the answer ends here.</summary>
    /// <returns>True when the very last bytes complete a stop string.</returns>
    public bool Flush()
    {
        whole.ResetWrittenCount();
        output.ResetWrittenCount();
        characters.Flush(whole);
        Count();
        return matcher.Add(whole.WrittenSpan, output) || matcher.Flush(output);
    }

    /// <summary>Goes on after text that did not come through here.</summary>
    public void SkipCharacters(int count) => Characters += count;

    private void Count()
    {
        AssembledBytes += whole.WrittenCount;
        if (!CountsCharacters) return;
        foreach (var value in whole.WrittenSpan)
        {
            if ((value & 0xC0) != 0x80) Characters++;
        }
    }
}
