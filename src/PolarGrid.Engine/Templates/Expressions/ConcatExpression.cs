using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Expressions;

/// <summary><c>a ~ b ~ c</c>: each operand as text.</summary>
internal sealed class ConcatExpression(int position, Expression[] operands) : Expression(position, operands)
{
    protected override TemplateValue Compute(RenderContext context)
    {
        var builder = new TextBuilder(context);
        foreach (var operand in operands)
        {
            var value = operand.Evaluate(context);
            context.Position = operand.Position;
            ValueText.Append(builder, context, value);
        }

        return builder.ToValue();
    }
}
