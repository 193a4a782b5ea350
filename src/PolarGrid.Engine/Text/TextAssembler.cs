using System.Buffers;

namespace PolarGrid.Engine.Text;

/// <summary>From token bytes to text that may be sent: whole characters, no part of a stop string.</summary>
internal sealed class TextAssembler(IReadOnlyList<byte[]> stops)
{
    private readonly Utf8Assembler characters = new();
    private readonly StopMatcher matcher = new(stops);
    private readonly ArrayBufferWriter<byte> whole = new(32);
    private readonly ArrayBufferWriter<byte> output = new(32);

    /// <summary>What the last call released; valid until the next one.</summary>
    public ReadOnlySpan<byte> Released => output.WrittenSpan;

    /// <summary>Adds a token's bytes.</summary>
    /// <returns>True when a stop string is complete.</returns>
    public bool Add(ReadOnlySpan<byte> piece)
    {
        whole.ResetWrittenCount();
        output.ResetWrittenCount();
        characters.Add(piece, whole);
        return matcher.Add(whole.WrittenSpan, output);
    }

    /// <summary>Releases what was held back, because the answer ends here.</summary>
    /// <returns>True when the very last bytes complete a stop string.</returns>
    public bool Flush()
    {
        whole.ResetWrittenCount();
        output.ResetWrittenCount();
        characters.Flush(whole);
        if (matcher.Add(whole.WrittenSpan, output)) return true;
        matcher.Flush(output);
        return false;
    }
}
