using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Statements;

internal abstract class Statement
{
    public abstract Flow Execute(RenderContext context);
}
