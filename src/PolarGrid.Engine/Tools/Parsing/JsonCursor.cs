using PolarGrid.Engine.Answers;

namespace PolarGrid.Engine.Tools.Parsing;

/// <summary>
/// Steps over JSON that may not be all there yet. Each step answers yes and moves, or no, or not yet. It is lenient where a
/// model may be: what it steps over need not be valid to the letter.
/// </summary>
internal ref struct JsonCursor(ReadOnlySpan<byte> text, int at = 0)
{
    private readonly ReadOnlySpan<byte> text = text;

    public int At { get; private set; } = at;

    public void Space() => At += Markers.SpaceLength(text[At..]);

    /// <summary>White space, then this text.</summary>
    public Match Literal(ReadOnlySpan<byte> literal)
    {
        Space();
        var match = Markers.At(text[At..], literal);
        if (match == Match.Yes) At += literal.Length;
        return match;
    }

    /// <summary>White space, then a string.</summary>
    /// <param name="content">What stands between the quotes, escapes as they are.</param>
    public Match String(out ReadOnlySpan<byte> content)
    {
        content = default;
        if (Literal("\""u8) is not Match.Yes and var opening) return opening;
        for (var end = At; end < text.Length; end++)
        {
            if (text[end] == '\\')
            {
                end++;
            }
            else if (text[end] == '"')
            {
                content = text[At..end];
                At = end + 1;
                return Match.Yes;
            }
        }

        return Match.NotYet;
    }

    /// <summary>White space, then any value. A number at the end of the text is not yet complete.</summary>
    public Match Value(out int start)
    {
        Space();
        start = At;
        var scanner = default(ValueScanner);
        while (At < text.Length)
        {
            switch (scanner.Next(text[At]))
            {
                case ValueStep.Inside:
                    At++;
                    break;
                case ValueStep.Last:
                    At++;
                    return Match.Yes;
                case ValueStep.Behind:
                    return At > start ? Match.Yes : Match.No;
            }
        }

        return Match.NotYet;
    }
}
