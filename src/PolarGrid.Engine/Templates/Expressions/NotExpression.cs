using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Expressions;

internal sealed class NotExpression(int position, Expression operand) : Expression(position, operand)
{
    protected override TemplateValue Compute(RenderContext context) => BooleanValue.Of(!operand.Evaluate(context).IsTruthy);
}
