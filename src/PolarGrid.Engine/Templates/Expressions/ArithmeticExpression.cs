using PolarGrid.Engine.Templates.Builtins;
using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Expressions;

internal sealed class ArithmeticExpression(int position, ArithmeticOperator @operator, Expression left, Expression right)
    : Expression(position, left, right)
{
    protected override TemplateValue Compute(RenderContext context)
    {
        var a = left.Evaluate(context);
        var b = right.Evaluate(context);
        context.Position = Position;
        return @operator switch
        {
            ArithmeticOperator.Subtract => Arithmetic.Subtract(a, b),
            ArithmeticOperator.Multiply => Arithmetic.Multiply(context, a, b),
            ArithmeticOperator.Divide => Arithmetic.Divide(a, b),
            ArithmeticOperator.FloorDivide => Arithmetic.FloorDivide(a, b),
            ArithmeticOperator.Modulo => Arithmetic.Modulo(context, a, b),
            _ => Arithmetic.Power(a, b),
        };
    }
}
