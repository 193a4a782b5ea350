using PolarGrid.Engine.Templates.Builtins;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Expressions;

/// <summary><c>value[start:stop:step]</c></summary>
internal sealed class SliceExpression(int position, Expression target, Expression? start, Expression? stop, Expression? step)
    : Expression(position, target, start, stop, step)
{
    protected override TemplateValue Compute(RenderContext context)
    {
        var value = target.Evaluate(context);
        var from = Bound(context, start);
        var to = Bound(context, stop);
        var by = Bound(context, step) ?? 1;
        context.Position = Position;
        return Slicing.Slice(context, value, from, to, by);
    }

    private static long? Bound(RenderContext context, Expression? bound)
    {
        if (bound is null) return null;
        var value = bound.Evaluate(context);
        if (value is NoneValue) return null;
        context.Position = bound.Position;
        return Numeric.TryRead(value, out var number) && number.IsInteger
            ? number.Integer
            : throw TemplateFault.Evaluation($"A slice needs integers, not {ValueComparison.Describe(value)}.");
    }
}
