using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Expressions;

internal sealed class DictExpression(int position, Expression[] keys, Expression[] values)
    : Expression(position, [.. keys, .. values])
{
    protected override TemplateValue Compute(RenderContext context)
    {
        context.ChargeItems(keys.Length);
        var builder = new DictBuilder();
        for (var i = 0; i < keys.Length; i++)
        {
            var key = keys[i].Evaluate(context);
            context.Position = keys[i].Position;
            if (!KeyComparer.CanBeKey(key)) throw TemplateFault.Evaluation($"{ValueComparison.Describe(key)} cannot be a key of a dict.");
            context.Scan(key);
            builder.Set(key, values[i].Evaluate(context));
        }

        return builder.Build();
    }
}
