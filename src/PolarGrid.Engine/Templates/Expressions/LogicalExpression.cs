using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Expressions;

/// <summary><c>and</c> or <c>or</c>: gives the operand that decided, not a boolean.</summary>
internal sealed class LogicalExpression(int position, bool isAnd, Expression[] operands) : Expression(position, operands)
{
    protected override TemplateValue Compute(RenderContext context)
    {
        var value = operands[0].Evaluate(context);
        for (var i = 1; i < operands.Length && value.IsTruthy == isAnd; i++) value = operands[i].Evaluate(context);
        return value;
    }
}
