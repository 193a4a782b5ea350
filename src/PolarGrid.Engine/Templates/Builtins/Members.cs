using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary><c>value.name</c> and <c>value[key]</c>.</summary>
internal static class Members
{
    /// <summary>Null when there is no such member.</summary>
    public static TemplateValue? Read(RenderContext context, TemplateValue value, string name) => value switch
    {
        UndefinedValue undefined => throw TemplateFault.Evaluation($"Cannot read '{name}': {undefined.Complaint}."),
        NamespaceValue @namespace => @namespace.Find(name),
        LoopValue loop => loop.Find(context, name),
        _ when Methods.Find(value, name) is { } method => new MethodValue(name, value, method),
        DictValue dict => dict.Find(StringValue.Untrusted(name)),
        _ => null,
    };

    public static TemplateValue ReadItem(RenderContext context, TemplateValue value, TemplateValue key)
    {
        context.Scan(key);
        if (value is StringValue) context.Scan(value);
        TemplateValue? found = value switch
        {
            UndefinedValue undefined => throw TemplateFault.Evaluation($"Cannot read {Show(key)}: {undefined.Complaint}."),
            DictValue dict when KeyComparer.CanBeKey(key) => dict.Find(key),
            ListValue list when Numeric.TryRead(key, out var number) && number.IsInteger => At(list, number.Integer),
            StringValue text when Numeric.TryRead(key, out var number) && number.IsInteger => Slicing.CodePointAt(text, number.Integer),
            _ => null,
        };
        if (found is null && key is StringValue name) found = Read(context, value, name.Text);
        return found ?? new UndefinedValue($"{value.Noun} has no {Show(key)}");
    }

    /// <summary><c>a.b.0</c> as the attribute argument of filters has it.</summary>
    public static TemplateValue ReadPath(RenderContext context, TemplateValue value, TemplateValue path)
    {
        if (path is not StringValue text) return ReadItem(context, value, path);
        foreach (var part in text.Text.Split('.'))
        {
            context.Step();
            value = ReadItem(context, value, long.TryParse(part, out var index) ? IntegerValue.Of(index) : StringValue.Untrusted(part));
        }

        return value;
    }

    private static TemplateValue? At(ListValue list, long index)
    {
        if (index < 0) index += list.Count;
        return index >= 0 && index < list.Count ? list[(int)index] : null;
    }

    private static string Show(TemplateValue key) => key switch
    {
        StringValue { Text.Length: <= 60 } text => $"'{text.Text}'",
        IntegerValue integer => $"item {integer.Value}",
        _ => $"such item ({key.Noun})",
    };
}
