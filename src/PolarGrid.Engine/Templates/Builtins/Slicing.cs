using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>Python's slices, negative bounds and steps included. Strings are cut at code points.</summary>
internal static class Slicing
{
    public static TemplateValue Slice(RenderContext context, TemplateValue value, long? start, long? stop, long step)
    {
        if (step == 0) throw TemplateFault.Evaluation("A slice cannot have a step of zero.");
        switch (value)
        {
            case StringValue text:
                context.Scan(text);
                return step == 1 && !text.HasSurrogates
                    ? Plain(context, text, start, stop)
                    : Joined(context, Pick(context, Iteration.Members(context, text), start, stop, step));
            case ListValue list:
                var picked = Pick(context, list, start, stop, step).Build();
                return list.IsTuple ? ListValue.Tuple([.. picked.Items]) : picked;
            default:
                throw TemplateFault.Evaluation($"Cannot take a slice of {ValueComparison.Describe(value)}.");
        }
    }

    /// <summary>Where the code point of this index starts and how long it is; null when there is none.</summary>
    public static StringValue? CodePointAt(StringValue text, long index)
    {
        if (!text.HasSurrogates)
        {
            if (index < 0) index += text.Text.Length;
            return index >= 0 && index < text.Text.Length ? text.Slice((int)index, 1) : null;
        }

        if (index < 0) index += TextTools.CodePointCount(text.Text);
        for (var i = 0; i < text.Text.Length && index >= 0; index--)
        {
            var width = char.IsSurrogatePair(text.Text, i) ? 2 : 1;
            if (index == 0) return text.Slice(i, width);
            i += width;
        }

        return null;
    }

    private static StringValue Plain(RenderContext context, StringValue text, long? start, long? stop)
    {
        var length = text.Text.Length;
        var from = Clamp(start ?? 0, length, 0, length);
        var to = Clamp(stop ?? length, length, 0, length);
        if (to <= from) return StringValue.Empty;
        context.ChargeText((int)(to - from));
        return text.Slice((int)from, (int)(to - from));
    }

    private static ListBuilder Pick(RenderContext context, ListValue list, long? start, long? stop, long step)
    {
        var picked = new ListBuilder(context);
        var count = list.Count;
        if (step > 0)
        {
            var to = Clamp(stop ?? count, count, 0, count);
            for (var i = Clamp(start ?? 0, count, 0, count); i < to; i = Next(i, step)) picked.Add(list[(int)i]);
        }
        else
        {
            var to = stop is { } bound ? Clamp(bound, count, -1, count - 1) : -1;
            var from = start is { } first ? Clamp(first, count, -1, count - 1) : count - 1;
            for (var i = from; i > to; i = Next(i, step)) picked.Add(list[(int)i]);
        }

        return picked;
    }

    private static long Next(long index, long step) => Math.Clamp(step, -int.MaxValue, int.MaxValue) + index;

    private static long Clamp(long bound, int count, int low, int high) =>
        Math.Clamp(bound < 0 ? bound + count : bound, low, Math.Max(low, high));

    private static StringValue Joined(RenderContext context, ListBuilder pieces)
    {
        var builder = new TextBuilder(context);
        foreach (var piece in pieces.Build().Items) builder.Append((StringValue)piece);
        return builder.ToValue();
    }
}
