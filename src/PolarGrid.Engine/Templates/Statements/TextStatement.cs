using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Statements;

/// <summary>Text between tags: the template's own, hence trusted.</summary>
internal sealed class TextStatement(string text) : Statement
{
    public override Flow Execute(RenderContext context)
    {
        context.Output.Append(text, trusted: true);
        return Flow.Next;
    }
}
