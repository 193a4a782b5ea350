using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary><c>find</c>, <c>index</c> and <c>count</c>; places are counted in code points.</summary>
internal static class StringSearch
{
    /// <returns>-1 when the part is absent.</returns>
    public static long Find(RenderContext context, StringValue self, Arguments arguments, string name, bool fromRight)
    {
        arguments.Allow(name, "sub", "start", "end");
        var part = arguments.RequireText(0, "sub", name).Text;
        var (text, offset) = Window(context, self, arguments, name);
        if (text is null) return -1;
        context.Search(text, part);
        var place = fromRight ? text.LastIndexOf(part, StringComparison.Ordinal) : text.IndexOf(part, StringComparison.Ordinal);
        return place < 0 ? -1 : offset + TextTools.CodePointCount(text[..place]);
    }

    public static TemplateValue Index(RenderContext context, StringValue self, Arguments arguments, string name, bool fromRight)
    {
        var place = Find(context, self, arguments, name, fromRight);
        return place >= 0 ? IntegerValue.Of(place) : throw TemplateFault.Evaluation($"{name} did not find the part in the string.");
    }

    public static TemplateValue Count(RenderContext context, StringValue self, Arguments arguments)
    {
        arguments.Allow("count()", "sub", "start", "end");
        var part = arguments.RequireText(0, "sub", "count()").Text;
        var (text, _) = Window(context, self, arguments, "count()");
        if (text is null) return IntegerValue.Of(0);
        if (part.Length == 0) return IntegerValue.Of(TextTools.CodePointCount(text) + 1);
        context.Search(text, part);
        var count = 0;
        for (var i = text.IndexOf(part, StringComparison.Ordinal); i >= 0; i = text.IndexOf(part, i + part.Length, StringComparison.Ordinal))
            count++;
        return IntegerValue.Of(count);
    }

    /// <summary>The part between start and end, and the start; null when the start lies behind the text.</summary>
    private static (string? Text, long Offset) Window(RenderContext context, StringValue self, Arguments arguments, string name)
    {
        var start = arguments.FindInteger(1, "start", name);
        var end = arguments.FindInteger(2, "end", name);
        if (start is null && end is null) return (self.Text, 0);
        var length = TextTools.CodePointCount(self.Text);
        var from = start ?? 0;
        if (from < 0) from = Math.Max(0, from + length);
        return from > length ? (null, 0) : (((StringValue)Slicing.Slice(context, self, from, end, 1)).Text, from);
    }
}
