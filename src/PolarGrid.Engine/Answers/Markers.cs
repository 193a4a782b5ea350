namespace PolarGrid.Engine.Answers;

/// <summary>Finding marker texts in text that comes in pieces.</summary>
internal static class Markers
{
    /// <summary>White space as JSON and chat templates use it.</summary>
    public static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    public static int SpaceLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && IsSpace(text[length])) length++;
        return length;
    }

    /// <summary>The text without white space at its end.</summary>
    public static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> text)
    {
        while (text.Length > 0 && IsSpace(text[^1])) text = text[..^1];
        return text;
    }

    /// <summary>How many bytes at the end of the text may be the beginning of the marker, fewer than all of it.</summary>
    public static int BegunAtEnd(ReadOnlySpan<byte> text, ReadOnlySpan<byte> marker)
    {
        for (var length = Math.Min(marker.Length - 1, text.Length); length > 0; length--)
        {
            if (text.EndsWith(marker[..length])) return length;
        }

        return 0;
    }

    /// <summary>Compares the text's beginning with a marker.</summary>
    public static Match At(ReadOnlySpan<byte> text, ReadOnlySpan<byte> marker)
    {
        if (text.StartsWith(marker)) return Match.Yes;
        return text.Length < marker.Length && marker.StartsWith(text) ? Match.NotYet : Match.No;
    }
}

/// <summary>Whether text has a form, as far as it is there.</summary>
internal enum Match
{
    No,

    /// <summary>So far it fits; more text decides.</summary>
    NotYet,

    Yes,
}
