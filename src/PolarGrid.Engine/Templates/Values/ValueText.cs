using System.Globalization;
using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Values;

/// <summary>Python's <c>str()</c> and <c>repr()</c>. Only a string keeps its provenance; the rest is untrusted.</summary>
internal static class ValueText
{
    public static StringValue Of(RenderContext context, TemplateValue value)
    {
        if (value is StringValue text) return text;
        if (value is UndefinedValue) return StringValue.Empty;
        var builder = new TextBuilder(context);
        Append(builder, context, value);
        return builder.ToValue();
    }

    public static void Append(TextBuilder builder, RenderContext context, TemplateValue value)
    {
        if (value is StringValue text) builder.Append(text);
        else if (value is not UndefinedValue) AppendRepr(builder, context, value, 0);
    }

    private static void AppendRepr(TextBuilder builder, RenderContext context, TemplateValue value, int depth)
    {
        context.Step();
        switch (value)
        {
            case StringValue text:
                AppendQuoted(builder, text.Text);
                break;
            case IntegerValue integer:
                builder.Append(integer.Value.ToString(CultureInfo.InvariantCulture), trusted: false);
                break;
            case FloatValue real:
                builder.Append(PythonFloat.Format(real.Value), trusted: false);
                break;
            case BooleanValue boolean:
                builder.Append(boolean.Value ? "True" : "False", trusted: false);
                break;
            case NoneValue:
                builder.Append("None", trusted: false);
                break;
            case UndefinedValue:
                builder.Append("Undefined", trusted: false);
                break;
            case ListValue list:
                context.CheckDepth(depth);
                AppendList(builder, context, list, depth);
                break;
            case DictValue dict:
                context.CheckDepth(depth);
                AppendDict(builder, context, dict, depth);
                break;
            case CallableValue callable:
                builder.Append($"<function {callable.Name}>", trusted: false);
                break;
            default:
                builder.Append($"<{value.Noun[(value.Noun.IndexOf(' ') + 1)..]}>", trusted: false);
                break;
        }
    }

    private static void AppendList(TextBuilder builder, RenderContext context, ListValue list, int depth)
    {
        builder.Append(list.IsTuple ? '(' : '[', trusted: false);
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0) builder.Append(", ", trusted: false);
            AppendRepr(builder, context, list[i], depth + 1);
        }

        if (list is { IsTuple: true, Count: 1 }) builder.Append(',', trusted: false);
        builder.Append(list.IsTuple ? ')' : ']', trusted: false);
    }

    private static void AppendDict(TextBuilder builder, RenderContext context, DictValue dict, int depth)
    {
        var separator = "{";
        foreach (var (key, value) in dict.Entries)
        {
            builder.Append(separator, trusted: false);
            AppendRepr(builder, context, key, depth + 1);
            builder.Append(": ", trusted: false);
            AppendRepr(builder, context, value, depth + 1);
            separator = ", ";
        }

        builder.Append(dict.Count == 0 ? "{}" : "}", trusted: false);
    }

    private static void AppendQuoted(TextBuilder builder, string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        builder.Append(quote, trusted: false);
        foreach (var character in text)
        {
            switch (character)
            {
                case '\\': builder.Append(@"\\", trusted: false); break;
                case '\n': builder.Append(@"\n", trusted: false); break;
                case '\r': builder.Append(@"\r", trusted: false); break;
                case '\t': builder.Append(@"\t", trusted: false); break;
                case < ' ' or (>= '\x7f' and <= '\xa0') or '\xad':
                    builder.Append($"\\x{(int)character:x2}", trusted: false);
                    break;
                default:
                    if (character == quote) builder.Append('\\', trusted: false);
                    builder.Append(character, trusted: false);
                    break;
            }
        }

        builder.Append(quote, trusted: false);
    }
}
