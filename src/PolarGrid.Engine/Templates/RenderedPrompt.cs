namespace PolarGrid.Engine.Templates;

/// <summary>
/// A prompt and the parts of it that the template itself wrote. Only inside those may a tokenizer read
/// <c>&lt;|im_end|&gt;</c> and the like as control tokens; everywhere else it is text that somebody typed.
/// </summary>
/// <param name="Text">The whole prompt.</param>
/// <param name="Trusted">In order, never empty, never touching or overlapping; offsets in UTF-16 characters.</param>
public sealed record RenderedPrompt(string Text, IReadOnlyList<TextRange> Trusted)
{
    /// <summary>True when every character in the range came from the template.</summary>
    public bool IsTrusted(int start, int length)
    {
        foreach (var range in Trusted)
            if (start >= range.Start && start + length <= range.End) return true;
        return false;
    }
}
