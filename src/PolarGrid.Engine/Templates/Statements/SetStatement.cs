using PolarGrid.Engine.Templates.Expressions;
using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Statements;

internal sealed class SetStatement(AssignmentTarget target, Expression value) : Statement
{
    public override Flow Execute(RenderContext context)
    {
        target.Assign(context, value.Evaluate(context));
        return Flow.Next;
    }
}
