using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Statements;

/// <summary><c>{% break %}</c> and <c>{% continue %}</c>.</summary>
internal sealed class FlowStatement(Flow flow) : Statement
{
    public override Flow Execute(RenderContext context) => flow;
}
