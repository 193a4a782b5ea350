using PolarGrid.Engine.Templates.Expressions;
using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Statements;

/// <summary>The output of a body as a value, so that <c>{% filter %}</c> and <c>{% set %}…{% endset %}</c> are ordinary filters.</summary>
internal sealed class CapturedText(int position) : Expression(position)
{
    /// <summary>Set once by the parser, which meets the filters before the body.</summary>
    public Statement[] Body { get; set; } = [];

    protected override TemplateValue Compute(RenderContext context) => Block.Capture(Body, context);
}
