using PolarGrid.Engine.Templates.Expressions;
using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Statements;

internal sealed class WithStatement(AssignmentTarget[] targets, Expression[] values, Statement[] body) : Statement
{
    public override Flow Execute(RenderContext context)
    {
        var outer = context.Frame;
        var frame = new Frame(outer);
        for (var i = 0; i < targets.Length; i++)
        {
            var value = values[i].Evaluate(context);
            context.Frame = frame;
            targets[i].Assign(context, value);
            context.Frame = outer;
        }

        context.Frame = frame;
        var flow = Block.Run(body, context);
        context.Frame = outer;
        return flow;
    }
}
