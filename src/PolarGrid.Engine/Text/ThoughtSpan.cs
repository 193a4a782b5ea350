using System.Text;
using PolarGrid.Engine.Answers;

namespace PolarGrid.Engine.Text;

/// <summary>Where the thinking at the front of one choice's text ends, if there is any.</summary>
internal sealed class ThoughtSpan(ReasoningMarkers markers, bool opened)
{
    private readonly byte[] open = Encoding.UTF8.GetBytes(markers.Open);
    private readonly byte[] close = Encoding.UTF8.GetBytes(markers.Close);
    private bool inside = opened;

    /// <summary>Whether the text is past it, or began without.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether what was not taken yet is thinking, as far as can be told.</summary>
    public bool IsInside => inside && !IsOver;

    /// <param name="text">What was not taken before, and more.</param>
    /// <returns>How many bytes at its front are certain to be thinking, markers and white space before them included.</returns>
    public int Take(ReadOnlySpan<byte> text)
    {
        var taken = 0;
        if (!inside)
        {
            var space = Markers.SpaceLength(text);
            var match = Markers.At(text[space..], open);
            IsOver = match == Match.No;
            if (match != Match.Yes) return 0;
            inside = true;
            taken = space + open.Length;
        }

        var end = text[taken..].IndexOf(close);
        IsOver = end >= 0;
        return IsOver ? taken + end + close.Length : text.Length - Markers.BegunAtEnd(text[taken..], close);
    }
}
