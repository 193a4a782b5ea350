using PolarGrid.Engine.Templates.Builtins;
using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Expressions;

internal sealed class SignExpression(int position, bool isMinus, Expression operand) : Expression(position, operand)
{
    protected override TemplateValue Compute(RenderContext context)
    {
        var value = operand.Evaluate(context);
        context.Position = Position;
        return Arithmetic.Sign(value, isMinus);
    }
}
