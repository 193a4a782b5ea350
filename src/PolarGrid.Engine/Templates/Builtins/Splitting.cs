using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>Python's <c>split</c>, <c>rsplit</c>, <c>splitlines</c> and <c>partition</c>.</summary>
internal static class Splitting
{
    /// <param name="limit">Most cuts; below zero no limit.</param>
    public static ListValue Split(RenderContext context, StringValue value, StringValue separator, long limit)
    {
        Check(separator);
        var (text, mark) = (value.Text, separator.Text);
        context.Search(text, mark);
        var pieces = new ListBuilder(context);
        var start = 0;
        for (; limit != 0; limit--)
        {
            var next = text.IndexOf(mark, start, StringComparison.Ordinal);
            if (next < 0) break;
            Add(context, pieces, value, start, next);
            start = next + mark.Length;
        }

        Add(context, pieces, value, start, text.Length);
        return pieces.Build();
    }

    public static ListValue SplitFromRight(RenderContext context, StringValue value, StringValue separator, long limit)
    {
        Check(separator);
        var (text, mark) = (value.Text, separator.Text);
        context.Search(text, mark);
        var pieces = new ListBuilder(context);
        var end = text.Length;
        for (; limit != 0; limit--)
        {
            var next = text.AsSpan(0, end).LastIndexOf(mark, StringComparison.Ordinal);
            if (next < 0) break;
            Add(context, pieces, value, next + mark.Length, end);
            end = next;
        }

        Add(context, pieces, value, 0, end);
        return Reversed(pieces);
    }

    /// <summary>At runs of whitespace, which also go from both ends; what is left beyond the limit keeps its own.</summary>
    public static ListValue SplitWords(RenderContext context, StringValue value, long limit)
    {
        var text = value.Text;
        var pieces = new ListBuilder(context);
        var start = SkipSpace(text, 0);
        while (start < text.Length)
        {
            var end = start;
            if (limit-- == 0)
            {
                Add(context, pieces, value, start, text.Length);
                break;
            }

            while (end < text.Length && !TextTools.IsSpace(text[end])) end++;
            Add(context, pieces, value, start, end);
            start = SkipSpace(text, end);
        }

        return pieces.Build();
    }

    public static ListValue SplitWordsFromRight(RenderContext context, StringValue value, long limit)
    {
        var text = value.Text;
        var pieces = new ListBuilder(context);
        var end = SkipSpaceBack(text, text.Length);
        while (end > 0)
        {
            var start = end;
            if (limit-- == 0)
            {
                Add(context, pieces, value, 0, end);
                break;
            }

            while (start > 0 && !TextTools.IsSpace(text[start - 1])) start--;
            Add(context, pieces, value, start, end);
            end = SkipSpaceBack(text, start);
        }

        return Reversed(pieces);
    }

    public static ListValue Lines(RenderContext context, StringValue value, bool keepEnds)
    {
        var text = value.Text;
        var pieces = new ListBuilder(context);
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && !IsLineEnd(text[end])) end++;
            var next = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
            next = Math.Min(next, text.Length);
            Add(context, pieces, value, start, keepEnds ? next : end);
            start = next;
        }

        return pieces.Build();
    }

    public static ListValue Partition(RenderContext context, StringValue value, StringValue separator, bool fromRight)
    {
        Check(separator);
        context.Search(value.Text, separator.Text);
        var place = fromRight
            ? value.Text.LastIndexOf(separator.Text, StringComparison.Ordinal)
            : value.Text.IndexOf(separator.Text, StringComparison.Ordinal);
        context.ChargeText(value.Text.Length);
        if (place < 0)
            return fromRight
                ? ListValue.Tuple(StringValue.Empty, StringValue.Empty, value)
                : ListValue.Tuple(value, StringValue.Empty, StringValue.Empty);
        var after = place + separator.Text.Length;
        return ListValue.Tuple(value.Slice(0, place), separator, value.Slice(after, value.Text.Length - after));
    }

    private static void Check(StringValue separator)
    {
        if (separator.Text.Length == 0) throw TemplateFault.Evaluation("Cannot split at an empty separator.");
    }

    private static void Add(RenderContext context, ListBuilder pieces, StringValue value, int start, int end)
    {
        context.ChargeText(end - start);
        pieces.Add(value.Slice(start, end - start));
    }

    private static ListValue Reversed(ListBuilder pieces)
    {
        var items = pieces.Build().Items.ToArray();
        Array.Reverse(items);
        return ListValue.Made(items);
    }

    private static bool IsLineEnd(char character) =>
        character is '\n' or '\r' or '\v' or '\f' or (>= '\x1c' and <= '\x1e') or '\x85' or '\u2028' or '\u2029';

    private static int SkipSpace(string text, int from)
    {
        while (from < text.Length && TextTools.IsSpace(text[from])) from++;
        return from;
    }

    private static int SkipSpaceBack(string text, int from)
    {
        while (from > 0 && TextTools.IsSpace(text[from - 1])) from--;
        return from;
    }
}
