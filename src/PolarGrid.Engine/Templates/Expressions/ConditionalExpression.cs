using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Expressions;

/// <summary><c>then if condition else otherwise</c>; without the else it may be undefined.</summary>
internal sealed class ConditionalExpression(int position, Expression condition, Expression then, Expression? otherwise)
    : Expression(position, condition, then, otherwise)
{
    private static readonly UndefinedValue Missing = new("the inline if has no else and its condition is false");

    protected override TemplateValue Compute(RenderContext context) =>
        condition.Evaluate(context).IsTruthy ? then.Evaluate(context) : otherwise?.Evaluate(context) ?? Missing;
}
