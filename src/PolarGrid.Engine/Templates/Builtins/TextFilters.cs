using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>Filters that first turn their value into text, as Jinja's do.</summary>
internal static class TextFilters
{
    public static TemplateValue Trim(RenderContext context, TemplateValue value, Arguments arguments)
    {
        arguments.Allow("trim", "chars");
        var characters = arguments.Find(0, "chars") is NoneValue ? null : arguments.FindText(0, "chars", "trim");
        return TextTools.Strip(context, ValueText.Of(context, value), characters, left: true, right: true);
    }

    public static TemplateValue Upper(RenderContext context, TemplateValue value, Arguments arguments) =>
        TextTools.Upper(ValueText.Of(context, value));

    public static TemplateValue Lower(RenderContext context, TemplateValue value, Arguments arguments) =>
        TextTools.Lower(ValueText.Of(context, value));

    public static TemplateValue Capitalize(RenderContext context, TemplateValue value, Arguments arguments) =>
        TextTools.Capitalize(ValueText.Of(context, value));

    public static TemplateValue Title(RenderContext context, TemplateValue value, Arguments arguments) =>
        TextTools.TitleWords(ValueText.Of(context, value));

    public static TemplateValue Replace(RenderContext context, TemplateValue value, Arguments arguments)
    {
        arguments.Allow("replace", "old", "new", "count");
        var old = ValueText.Of(context, arguments.Require(0, "old", "replace"));
        var replacement = ValueText.Of(context, arguments.Require(1, "new", "replace"));
        var count = arguments.Find(2, "count") is NoneValue ? -1 : arguments.FindInteger(2, "count", "replace") ?? -1;
        return TextTools.Replace(context, ValueText.Of(context, value), old, replacement, count);
    }

    public static TemplateValue Indent(RenderContext context, TemplateValue value, Arguments arguments)
    {
        arguments.Allow("indent", "width", "first", "blank");
        var width = arguments.Find(0, "width") as StringValue
            ?? TextTools.Repeat(context, StringValue.Untrusted(" "), arguments.FindInteger(0, "width", "indent") ?? 4);
        var text = ValueText.Of(context, value);
        var lines = Splitting.Lines(context, text, keepEnds: false);
        var endsWithBreak = text.Text.Length == 0 || text.Text[^1] is '\n' or '\r';
        var builder = new TextBuilder(context);
        if (arguments.Flag(1, "first")) builder.Append(width);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = (StringValue)lines[i];
            if (i > 0)
            {
                builder.Append('\n', trusted: false);
                if (line.Text.Length > 0 || arguments.Flag(2, "blank")) builder.Append(width);
            }

            builder.Append(line);
        }

        if (endsWithBreak && lines.Count > 0)
        {
            builder.Append('\n', trusted: false);
            if (arguments.Flag(2, "blank")) builder.Append(width);
        }

        return builder.ToValue();
    }

    public static TemplateValue Escape(RenderContext context, TemplateValue value, Arguments arguments)
    {
        var text = ValueText.Of(context, value);
        var builder = new TextBuilder(context);
        var done = 0;
        for (var i = 0; i < text.Text.Length; i++)
        {
            var entity = text.Text[i] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '\'' => "&#39;",
                '"' => "&#34;",
                _ => null,
            };
            if (entity is null) continue;
            context.Step();
            builder.Append(text, done, i - done);
            builder.Append(entity, trusted: false);
            done = i + 1;
        }

        builder.Append(text, done, text.Text.Length - done);
        return builder.ToValue();
    }

    public static TemplateValue Format(RenderContext context, TemplateValue value, Arguments arguments)
    {
        if (arguments.Named.Length == 0)
            return PercentFormat.Apply(context, ValueText.Of(context, value), ListValue.Tuple(arguments.Positional));
        var named = arguments.Named.Select(n => KeyValuePair.Create<TemplateValue, TemplateValue>(StringValue.Untrusted(n.Key), n.Value));
        return PercentFormat.Apply(context, ValueText.Of(context, value), new DictValue([.. named]));
    }

    public static TemplateValue Center(RenderContext context, TemplateValue value, Arguments arguments)
    {
        arguments.Allow("center", "width");
        var width = arguments.FindInteger(0, "width", "center") ?? 80;
        return TextTools.Pad(context, ValueText.Of(context, value), width, StringValue.Untrusted(" "), left: true, right: true);
    }

    public static TemplateValue WordCount(RenderContext context, TemplateValue value, Arguments arguments)
    {
        var count = 0;
        var isInside = false;
        foreach (var character in ValueText.Of(context, value).Text)
        {
            var isWord = char.IsLetterOrDigit(character) || character == '_';
            if (isWord && !isInside) count++;
            isInside = isWord;
        }

        return IntegerValue.Of(count);
    }
}
