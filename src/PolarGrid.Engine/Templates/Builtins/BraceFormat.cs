using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>Python's <c>'{} of {name}'.format(…)</c> without format specifications, which templates do not use.</summary>
internal static class BraceFormat
{
    public static TemplateValue Apply(RenderContext context, StringValue format, Arguments arguments)
    {
        var text = format.Text;
        var builder = new TextBuilder(context);
        var next = 0;
        for (var i = 0; i < text.Length;)
        {
            context.Step();
            var brace = text.AsSpan(i).IndexOfAny('{', '}');
            if (brace < 0) brace = text.Length - i;
            builder.Append(format, i, brace);
            i += brace;
            if (i == text.Length) break;
            if (i + 1 < text.Length && text[i + 1] == text[i])
            {
                builder.Append(format, i, 1);
                i += 2;
                continue;
            }

            var close = text.IndexOf('}', i);
            if (text[i] == '}' || close < 0) throw TemplateFault.Evaluation("The format has a single brace.");
            ValueText.Append(builder, context, Value(context, text[(i + 1)..close], arguments, ref next));
            i = close + 1;
        }

        return builder.ToValue();
    }

    private static TemplateValue Value(RenderContext context, string field, Arguments arguments, ref int next)
    {
        context.Step(field.Length / RenderContext.CharactersPerStep);
        if (field.AsSpan().IndexOfAny(":!.[") >= 0)
            throw TemplateFault.Evaluation("format() knows {}, {0} and {name} only.");
        var index = field.Length == 0 ? next++ : int.TryParse(field, out var given) ? given : int.MaxValue;
        return arguments.Find(index, field)
            ?? throw TemplateFault.Evaluation(index == int.MaxValue ? $"format() has no value '{field}'." : $"format() has no value {index}.");
    }
}
