using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Templates;

namespace PolarGrid.Engine.Text;

/// <summary>A prompt may end inside a thinking block that the template opened.</summary>
internal static class ThinkingEnd
{
    /// <param name="prompt">As rendered.</param>
    /// <param name="markers">Null when the model does not think.</param>
    /// <param name="closes">Whether to end the block.</param>
    /// <param name="open">Whether the result ends inside the block.</param>
    public static RenderedPrompt Apply(RenderedPrompt prompt, ReasoningMarkers? markers, bool closes, out bool open)
    {
        open = false;
        if (markers is null) return prompt;
        var length = prompt.Text.AsSpan().TrimEnd().Length;

        // A marker that the caller typed opens nothing.
        if (!prompt.Text.AsSpan(0, length).EndsWith(markers.Open, StringComparison.Ordinal)) return prompt;
        if (!prompt.IsTrusted(length - markers.Open.Length, markers.Open.Length)) return prompt;
        open = !closes;
        if (open) return prompt;
        var end = $"\n{markers.Close}\n\n";
        return new RenderedPrompt(prompt.Text[..length] + end, [.. prompt.Trusted.Where(range => range.Start < length).Select(Lengthen)]);

        // The range that holds the marker is the last one, and grows over what is added.
        TextRange Lengthen(TextRange range) => range.End < length ? range : range with { Length = length + end.Length - range.Start };
    }
}
