using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Expressions;

internal sealed class ListExpression(int position, Expression[] items, bool isTuple) : Expression(position, items)
{
    protected override TemplateValue Compute(RenderContext context)
    {
        context.ChargeItems(items.Length);
        var values = new TemplateValue[items.Length];
        for (var i = 0; i < values.Length; i++) values[i] = items[i].Evaluate(context);
        return isTuple ? ListValue.Tuple(values) : ListValue.Made(values);
    }
}
