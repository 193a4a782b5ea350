using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Expressions;

internal sealed class NameExpression(int position, string name, int symbol) : Expression(position)
{
    private readonly UndefinedValue _missing = new($"'{name}' is undefined");

    public string Name { get; } = name;

    public int Symbol { get; } = symbol;

    protected override TemplateValue Compute(RenderContext context) => context.Frame.Find(Symbol) ?? _missing;
}
