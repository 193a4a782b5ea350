using PolarGrid.Engine.Templates.Builtins;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Expressions;

/// <summary><c>value is name</c>, with the test's arguments if it has some.</summary>
internal sealed class TestExpression(int position, Expression target, string name, CallArguments arguments)
    : Expression(position, target, arguments.Deepest)
{
    private readonly ValueTest? _test = Tests.Find(name);

    protected override TemplateValue Compute(RenderContext context)
    {
        var value = target.Evaluate(context);
        var given = arguments.Evaluate(context);
        context.Position = Position;
        return _test is null
            ? throw TemplateFault.Evaluation($"There is no test '{name}'.")
            : BooleanValue.Of(_test(context, value, given));
    }
}
