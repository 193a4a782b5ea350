using System.Globalization;
using System.Text;
using PolarGrid.Engine.Answers;

namespace PolarGrid.Engine.Tools.Parsing;

/// <summary>Unpacks the escapes of JSON strings.</summary>
internal static class JsonEscapes
{
    private const int UnicodeLength = 6;

    /// <param name="text">Begins with a backslash.</param>
    /// <param name="sink">Gets the character.</param>
    /// <returns>How many bytes the escape takes; 0 when it is not all there yet.</returns>
    public static int Write(ReadOnlySpan<byte> text, IAnswerSink sink)
    {
        if (text.Length < 2) return 0;
        if (text[1] == 'u') return WriteUnicode(text, sink);
        byte character = text[1] switch
        {
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            var other => other,
        };

        // A stray backslash before a longer character: the backslash goes, the character stays.
        if (character >= 0x80) return 1;
        sink.Arguments([character]);
        return 2;
    }

    private static int WriteUnicode(ReadOnlySpan<byte> text, IAnswerSink sink)
    {
        if (text.Length < UnicodeLength) return 0;
        if (!TryUnit(text, out var unit)) return 2;
        var length = UnicodeLength;
        if (char.IsHighSurrogate(unit))
        {
            if (text.Length < UnicodeLength * 2 && CouldBeEscape(text[UnicodeLength..])) return 0;
            if (text.Length >= UnicodeLength * 2 && TryUnit(text[UnicodeLength..], out var low) && char.IsLowSurrogate(low))
            {
                WriteRune(new Rune(unit, low), sink);
                return UnicodeLength * 2;
            }
        }

        WriteRune(char.IsSurrogate(unit) ? Rune.ReplacementChar : new Rune(unit), sink);
        return length;
    }

    private static bool CouldBeEscape(ReadOnlySpan<byte> text) =>
        text.Length == 0 || (text[0] == '\\' && (text.Length == 1 || text[1] == 'u'));

    private static bool TryUnit(ReadOnlySpan<byte> text, out char unit)
    {
        unit = default;
        if (text[0] != '\\' || text[1] != 'u') return false;
        if (!ushort.TryParse(text.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) return false;
        unit = (char)value;
        return true;
    }

    private static void WriteRune(Rune rune, IAnswerSink sink)
    {
        Span<byte> utf8 = stackalloc byte[4];
        sink.Arguments(utf8[..rune.EncodeToUtf8(utf8)]);
    }
}
