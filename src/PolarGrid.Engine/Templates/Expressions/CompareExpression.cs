using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Expressions;

/// <summary><c>a &lt; b &lt;= c</c>: every neighbouring pair must hold, each operand is evaluated once.</summary>
internal sealed class CompareExpression(int position, Expression[] operands, CompareOperator[] operators)
    : Expression(position, operands)
{
    protected override TemplateValue Compute(RenderContext context)
    {
        var left = operands[0].Evaluate(context);
        for (var i = 0; i < operators.Length; i++)
        {
            var right = operands[i + 1].Evaluate(context);
            context.Position = Position;
            if (!Holds(context, operators[i], left, right)) return BooleanValue.False;
            left = right;
        }

        return BooleanValue.True;
    }

    private static bool Holds(RenderContext context, CompareOperator @operator, TemplateValue left, TemplateValue right) =>
        @operator switch
        {
            CompareOperator.Equal => ValueComparison.AreEqual(context, left, right),
            CompareOperator.NotEqual => !ValueComparison.AreEqual(context, left, right),
            CompareOperator.Less => ValueComparison.Compare(context, left, right) < 0,
            CompareOperator.LessOrEqual => ValueComparison.Compare(context, left, right) <= 0,
            CompareOperator.Greater => ValueComparison.Compare(context, left, right) > 0,
            CompareOperator.GreaterOrEqual => ValueComparison.Compare(context, left, right) >= 0,
            CompareOperator.In => ValueComparison.Contains(context, right, left),
            _ => !ValueComparison.Contains(context, right, left),
        };
}
