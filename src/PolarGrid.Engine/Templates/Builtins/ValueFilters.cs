using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>Filters that take any kind of value.</summary>
internal static class ValueFilters
{
    public static TemplateValue Default(RenderContext context, TemplateValue value, Arguments arguments)
    {
        arguments.Allow("default", "default_value", "boolean");
        var isMissing = value is UndefinedValue || (arguments.Flag(1, "boolean") && !value.IsTruthy);
        return isMissing ? arguments.Find(0, "default_value") ?? StringValue.Empty : value;
    }

    public static TemplateValue String(RenderContext context, TemplateValue value, Arguments arguments) => ValueText.Of(context, value);

    public static TemplateValue Length(RenderContext context, TemplateValue value, Arguments arguments) => value switch
    {
        StringValue text => IntegerValue.Of(TextTools.CodePointCount(text.Text)),
        ListValue list => IntegerValue.Of(list.Count),
        DictValue dict => IntegerValue.Of(dict.Count),
        UndefinedValue => IntegerValue.Of(0),
        _ => throw TemplateFault.Evaluation($"The filter 'length' cannot measure {value.Noun}."),
    };
}
