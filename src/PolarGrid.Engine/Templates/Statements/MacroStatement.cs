using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Statements;

internal sealed class MacroStatement(int symbol, MacroDefinition definition) : Statement
{
    public override Flow Execute(RenderContext context)
    {
        context.Frame.Capture();
        context.Frame.Set(symbol, new MacroValue(definition, context.Frame));
        return Flow.Next;
    }
}
