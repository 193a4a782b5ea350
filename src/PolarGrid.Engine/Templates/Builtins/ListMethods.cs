using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

internal static class ListMethods
{
    public static TemplateValue Append(RenderContext context, ListValue list, Arguments arguments)
    {
        arguments.Allow("append()", "item");
        context.ChargeItems(1);
        list.Add(arguments.Require(0, "item", "append()"));
        return NoneValue.Instance;
    }

    public static TemplateValue CountOf(RenderContext context, ListValue list, Arguments arguments)
    {
        var wanted = arguments.Require(0, "value", "count()");
        var count = 0;
        foreach (var item in list.Items)
            if (ValueComparison.AreEqual(context, item, wanted)) count++;
        return IntegerValue.Of(count);
    }

    public static TemplateValue IndexOf(RenderContext context, ListValue list, Arguments arguments)
    {
        var wanted = arguments.Require(0, "value", "index()");
        for (var i = 0; i < list.Count; i++)
            if (ValueComparison.AreEqual(context, list[i], wanted)) return IntegerValue.Of(i);
        throw TemplateFault.Evaluation("index() did not find the value in the list.");
    }

    public static TemplateValue Copy(RenderContext context, ListValue list)
    {
        context.ChargeItems(list.Count);
        return ListValue.Made([.. list.Items]);
    }
}
