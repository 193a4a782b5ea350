using PolarGrid.Engine.Templates.Expressions;
using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Statements;

/// <summary>What a body prints, as a value: so <c>{% filter %}</c> and a set with a body are ordinary filters.</summary>
internal sealed class CapturedText(int position) : Expression(position)
{
    /// <summary>Set once by the parser, which meets the filters before the body.</summary>
    public Statement[] Body { get; set; } = [];

    protected override TemplateValue Compute(RenderContext context) => Block.Capture(Body, context);
}
