using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Statements;

/// <summary>Runs the statements between two tags.</summary>
internal static class Block
{
    public static Flow Run(Statement[] body, RenderContext context)
    {
        context.EnsureStack();
        foreach (var statement in body)
        {
            context.Step();
            var flow = statement.Execute(context);
            if (flow != Flow.Next) return flow;
        }

        return Flow.Next;
    }

    /// <summary>Runs a body in its own frame and returns what it printed instead of printing it.</summary>
    public static StringValue Capture(Statement[] body, RenderContext context)
    {
        var frame = context.Frame;
        var output = context.Output;
        context.Frame = new Frame(frame);
        context.Output = new TextBuilder(context);
        try
        {
            Run(body, context);
            return context.Output.ToValue();
        }
        finally
        {
            context.Frame = frame;
            context.Output = output;
        }
    }
}
