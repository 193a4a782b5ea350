using PolarGrid.Engine.Templates.Expressions;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Statements;

internal sealed record MacroParameter(string Name, int Symbol, Expression? Default)
{
    public UndefinedValue Missing { get; } = new($"the argument '{Name}' was not given");
}
