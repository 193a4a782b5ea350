namespace PolarGrid.Engine.Llama.Text;

/// <summary>
/// Some files declare markup such as <c>&lt;|im_start|&gt;</c> as user-defined instead of control tokens, and the library matches
/// user-defined tokens in any text. A caller's text must not carry them, so where one could begin the text is cut after its first
/// byte: the two halves are tokenised apart and nothing matches.
/// </summary>
internal static class MarkupGuard
{
    /// <summary>Whether a token is markup by its shape: <c>&lt;| |&gt;</c>, or the same with full-width bars.</summary>
    public static bool IsMarkup(ReadOnlySpan<byte> text) => Opens(text) && Closes(text);

    /// <returns>The length of the part to tokenise next: all of it, or up to behind the first byte of what looks like markup.</returns>
    /// <param name="text">UTF-8.</param>
    /// <param name="longest">Bytes of the longest markup token of the model; 0 when it has none.</param>
    public static int NextPart(ReadOnlySpan<byte> text, int longest)
    {
        if (longest == 0) return text.Length;
        var start = 0;
        while (text[start..].IndexOf((byte)'<') is var step and >= 0)
        {
            start += step;
            var rest = text[start..Math.Min(text.Length, start + longest)];
            start++;
            if (Opens(rest) && (rest.IndexOf("|>"u8) >= 0 || rest.IndexOf("｜>"u8) >= 0)) return start;
        }

        return text.Length;
    }

    private static bool Opens(ReadOnlySpan<byte> text) => text.StartsWith("<|"u8) || text.StartsWith("<｜"u8);

    private static bool Closes(ReadOnlySpan<byte> text) => text.EndsWith("|>"u8) || text.EndsWith("｜>"u8);
}
