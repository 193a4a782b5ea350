using System.Buffers;

namespace PolarGrid.Edge.Streaming;

/// <summary>
/// Escapes UTF-8 text for the inside of a JSON string: quotes, backslashes and control characters only; all else, non-ASCII
/// included, goes through as it is.
/// </summary>
internal static class JsonEscaper
{
    /// <summary>A byte becomes at most this many.</summary>
    public const int Growth = 6;

    private static readonly SearchValues<byte> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(value => (byte)value), (byte)'"', (byte)'\\']);

    /// <param name="text">Whole characters.</param>
    /// <param name="target">At least <see cref="Growth"/> times as long.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Escape(ReadOnlySpan<byte> text, Span<byte> target)
    {
        var written = 0;
        while (true)
        {
            var clean = text.IndexOfAny(Special);
            if (clean < 0)
            {
                text.CopyTo(target[written..]);
                return written + text.Length;
            }

            text[..clean].CopyTo(target[written..]);
            written += clean;
            written += EscapeOne(text[clean], target[written..]);
            text = text[(clean + 1)..];
        }
    }

    private static int EscapeOne(byte value, Span<byte> target)
    {
        var letter = value switch
        {
            (byte)'"' => (byte)'"',
            (byte)'\\' => (byte)'\\',
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            (byte)'\b' => (byte)'b',
            (byte)'\f' => (byte)'f',
            _ => (byte)0,
        };
        target[0] = (byte)'\\';
        if (letter != 0)
        {
            target[1] = letter;
            return 2;
        }

        "u00"u8.CopyTo(target[1..]);
        target[4] = "0123456789abcdef"u8[value >> 4];
        target[5] = "0123456789abcdef"u8[value & 0xF];
        return 6;
    }
}
