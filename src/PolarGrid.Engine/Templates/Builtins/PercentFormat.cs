using System.Globalization;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>Python's <c>'%s of %d' % values</c>.</summary>
internal static class PercentFormat
{
    private const int WidestNumber = 300;

    public static StringValue Apply(RenderContext context, StringValue format, TemplateValue values)
    {
        var list = values is ListValue { IsTuple: true } tuple ? tuple : ListValue.Tuple(values);
        var text = format.Text;
        var builder = new TextBuilder(context);
        var next = 0;
        for (var i = 0; i < text.Length;)
        {
            context.Step();
            var percent = text.IndexOf('%', i);
            if (percent < 0) percent = text.Length;
            builder.Append(format, i, percent - i);
            i = percent + 1;
            if (percent == text.Length) break;
            AppendOne(context, builder, text, ref i, list, values, ref next);
        }

        if (next < list.Count && values is not DictValue) throw TemplateFault.Evaluation("The format uses fewer values than it was given.");
        return builder.ToValue();
    }

    private static void AppendOne(
        RenderContext context, TextBuilder builder, string text, ref int i, ListValue list, TemplateValue values, ref int next)
    {
        var name = default(string);
        if (i < text.Length && text[i] == '(')
        {
            var close = text.IndexOf(')', i);
            if (close < 0) throw TemplateFault.Evaluation("A name in the format has no closing parenthesis.");
            name = text[(i + 1)..close];
            i = close + 1;
        }

        var spec = FormatSpec.Read(text, ref i);
        if (spec.Type == '%')
        {
            builder.Append('%', trusted: false);
            return;
        }

        TemplateValue value;
        if (name is not null)
            value = (values as DictValue)?.Find(StringValue.Untrusted(name)) ?? throw TemplateFault.Evaluation($"The format has no value '{name}'.");
        else
            value = next < list.Count ? list[next++] : throw TemplateFault.Evaluation("The format uses more values than it was given.");
        var shown = spec.Type is 's' or 'r' ? Shown(context, value, spec) : StringValue.Untrusted(Number(value, spec));
        builder.Append(TextTools.Pad(context, shown, spec.Width, StringValue.Untrusted(spec.IsZeroFilled ? "0" : " "), !spec.IsLeft, spec.IsLeft));
    }

    private static StringValue Shown(RenderContext context, TemplateValue value, FormatSpec spec)
    {
        var text = ValueText.Of(context, spec.Type == 'r' ? ListValue.Frozen([value]) : value);
        if (spec.Type == 'r') text = text.Slice(1, text.Text.Length - 2);
        return spec.Precision is { } most ? (StringValue)Slicing.Slice(context, text, 0, most, 1) : text;
    }

    private static string Number(TemplateValue value, FormatSpec spec)
    {
        if (!Numeric.TryRead(value, out var number))
            throw TemplateFault.Evaluation($"The format %{spec.Type} needs a number, not {ValueComparison.Describe(value)}.");
        if (spec.Precision > WidestNumber) throw TemplateFault.Evaluation($"A number cannot have more than {WidestNumber} digits.");
        var culture = CultureInfo.InvariantCulture;
        var digits = spec.Precision ?? 6;
        var result = spec.Type switch
        {
            'd' or 'i' or 'u' => number.IsInteger ? number.Integer.ToString(culture) : Math.Truncate(number.AsDouble).ToString("F0", culture),
            'x' when number.IsInteger => number.Integer.ToString("x", culture),
            'X' when number.IsInteger => number.Integer.ToString("X", culture),
            'f' or 'F' => number.AsDouble.ToString($"F{digits}", culture),
            'e' => number.AsDouble.ToString(digits == 0 ? "0e+00" : $"0.{new string('0', digits)}e+00", culture),
            'g' => number.AsDouble.ToString($"G{Math.Max(1, digits)}", culture),
            _ => throw TemplateFault.Evaluation($"The format %{spec.Type} is not known."),
        };
        return spec.HasPlus && number.AsDouble >= 0 ? "+" + result : result;
    }
}
