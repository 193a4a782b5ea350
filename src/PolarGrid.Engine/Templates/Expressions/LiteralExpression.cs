using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Expressions;

internal sealed class LiteralExpression(int position, TemplateValue value) : Expression(position)
{
    public TemplateValue Value { get; } = value;

    protected override TemplateValue Compute(RenderContext context) => Value;
}
