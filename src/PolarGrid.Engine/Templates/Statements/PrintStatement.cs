using PolarGrid.Engine.Templates.Expressions;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Statements;

internal sealed class PrintStatement(Expression expression) : Statement
{
    public override Flow Execute(RenderContext context)
    {
        var value = expression.Evaluate(context);
        context.Position = expression.Position;
        ValueText.Append(context.Output, context, value);
        return Flow.Next;
    }
}
