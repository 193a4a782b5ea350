using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>What <c>for</c> and the list filters walk over.</summary>
internal static class Iteration
{
    /// <summary>A list's members, a dict's keys, a string's code points; an undefined value has none.</summary>
    public static ListValue Members(RenderContext context, TemplateValue value)
    {
        switch (value)
        {
            case ListValue list:
                context.Step(list.Count);
                return list;
            case DictValue dict:
                return Keys(context, dict);
            case StringValue text:
                return CodePoints(context, text);
            case UndefinedValue:
                return ListValue.Empty;
            default:
                throw TemplateFault.Evaluation($"Cannot iterate over {value.Noun}.");
        }
    }

    public static ListValue Keys(RenderContext context, DictValue dict)
    {
        context.ChargeItems(dict.Count);
        var keys = new TemplateValue[dict.Count];
        for (var i = 0; i < keys.Length; i++) keys[i] = dict.Entries[i].Key;
        return ListValue.Made(keys);
    }

    private static ListValue CodePoints(RenderContext context, StringValue text)
    {
        var characters = new ListBuilder(context);
        for (var i = 0; i < text.Text.Length;)
        {
            var width = char.IsSurrogatePair(text.Text, i) ? 2 : 1;
            characters.Add(text.Slice(i, width));
            i += width;
        }

        return characters.Build();
    }
}
