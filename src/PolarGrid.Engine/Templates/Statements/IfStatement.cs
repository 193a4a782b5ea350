using PolarGrid.Engine.Templates.Expressions;
using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Statements;

/// <summary>An if with all its elif branches; it introduces no frame, so that a set inside is seen after it.</summary>
internal sealed class IfStatement(Expression[] conditions, Statement[][] bodies, Statement[]? otherwise) : Statement
{
    public override Flow Execute(RenderContext context)
    {
        for (var i = 0; i < conditions.Length; i++)
            if (conditions[i].Evaluate(context).IsTruthy) return Block.Run(bodies[i], context);
        return otherwise is null ? Flow.Next : Block.Run(otherwise, context);
    }
}
