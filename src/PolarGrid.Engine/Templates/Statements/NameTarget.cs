using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Statements;

internal sealed class NameTarget(int symbol) : AssignmentTarget
{
    public override void Assign(RenderContext context, TemplateValue value) => context.Frame.Set(symbol, value);
}
