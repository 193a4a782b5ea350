using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Statements;

/// <summary>What stands left of the equals sign, or between <c>for</c> and <c>in</c>.</summary>
internal abstract class AssignmentTarget
{
    public abstract void Assign(RenderContext context, TemplateValue value);
}
