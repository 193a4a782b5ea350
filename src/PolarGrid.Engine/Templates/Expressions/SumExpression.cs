using PolarGrid.Engine.Templates.Builtins;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Expressions;

/// <summary>
/// <c>a + b + c</c>, from the left. Templates build whole turns this way, so strings are collected in one buffer: joining them
/// pair by pair would copy a long message once per plus sign.
/// </summary>
internal sealed class SumExpression(int position, Expression[] operands) : Expression(position, operands)
{
    protected override TemplateValue Compute(RenderContext context)
    {
        var sum = operands[0].Evaluate(context);
        TextBuilder? text = null;
        for (var i = 1; i < operands.Length; i++)
        {
            var next = operands[i].Evaluate(context);
            context.Position = operands[i].Position;
            if (next is StringValue part && (text is not null || sum is StringValue))
            {
                if (text is null)
                {
                    text = new TextBuilder(context);
                    text.Append((StringValue)sum);
                }

                text.Append(part);
            }
            else
            {
                sum = Arithmetic.Add(context, text?.ToValue() ?? sum, next);
            }
        }

        return text?.ToValue() ?? sum;
    }
}
