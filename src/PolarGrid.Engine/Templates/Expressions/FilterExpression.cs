using PolarGrid.Engine.Templates.Builtins;
using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Expressions;

/// <summary>
/// <c>value | name(arguments)</c>. An unknown filter fails when it runs, not when it is parsed: many templates name one
/// in a branch that is never taken.
/// </summary>
internal sealed class FilterExpression(int position, Expression target, string name, CallArguments arguments)
    : Expression(position, target, arguments.Deepest)
{
    private readonly Operation? _filter = Filters.Find(name);

    protected override TemplateValue Compute(RenderContext context)
    {
        var value = target.Evaluate(context);
        var given = arguments.Evaluate(context);
        context.Position = Position;
        context.Scan(value);
        return _filter is null
            ? throw TemplateFault.Evaluation($"There is no filter '{name}'.")
            : context.Charged(_filter(context, value, given));
    }
}
