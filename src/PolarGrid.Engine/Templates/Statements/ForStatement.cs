using PolarGrid.Engine.Templates.Builtins;
using PolarGrid.Engine.Templates.Expressions;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Statements;

internal sealed class ForStatement(
    AssignmentTarget target, Expression source, Expression? condition, Statement[] body, Statement[]? otherwise, int loopSymbol) : Statement
{
    public override Flow Execute(RenderContext context)
    {
        var all = source.Evaluate(context);
        context.Position = source.Position;
        var items = Iteration.Members(context, all);
        var outer = context.Frame;
        if (condition is not null) items = Matching(context, items, condition);
        if (items.Count == 0)
        {
            if (otherwise is null) return Flow.Next;
            context.Frame = new Frame(outer);
            var flow = Block.Run(otherwise, context);
            context.Frame = outer;
            return flow;
        }

        var loop = new LoopValue(items);
        Frame? frame = null;
        for (var i = 0; i < items.Count; i++)
        {
            frame = NextFrame(frame, outer);
            context.Frame = frame;
            context.Step();
            loop.Index = i;
            frame.Set(loopSymbol, loop);
            target.Assign(context, items[i]);
            if (Block.Run(body, context) == Flow.Break) break;
        }

        context.Frame = outer;
        return Flow.Next;
    }

    /// <summary>Names set in one iteration are gone in the next; the frame itself is used again unless a macro holds it.</summary>
    private static Frame NextFrame(Frame? last, Frame outer)
    {
        if (last is null || last.IsCaptured) return new Frame(outer);
        last.Clear();
        return last;
    }

    /// <summary>The loop counts only what passes its <c>if</c>, so that is found out first.</summary>
    private ListValue Matching(RenderContext context, ListValue items, Expression test)
    {
        var outer = context.Frame;
        var kept = new ListBuilder(context);
        var frame = new Frame(outer);
        context.Frame = frame;
        for (var i = 0; i < items.Count; i++)
        {
            frame.Clear();
            target.Assign(context, items[i]);
            if (test.Evaluate(context).IsTruthy) kept.Add(items[i]);
        }

        context.Frame = outer;
        return kept.Build();
    }
}
