using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Expressions;

internal sealed class CallExpression(int position, Expression callee, CallArguments arguments)
    : Expression(position, callee, arguments.Deepest)
{
    protected override TemplateValue Compute(RenderContext context) => Call(context, caller: null);

    /// <param name="caller">The body of a call statement, passed on as the argument of that name.</param>
    public TemplateValue Call(RenderContext context, TemplateValue? caller)
    {
        TemplateValue function;
        if (callee is AttributeExpression member)
        {
            var self = member.Target.Evaluate(context);
            if (member.FindMethod(self) is { } method)
            {
                var values = arguments.Evaluate(context);
                context.Position = Position;
                context.Scan(self);
                return context.Charged(method(context, self, values));
            }

            function = member.Read(context, self);
        }
        else
        {
            function = callee.Evaluate(context);
        }

        var given = arguments.Evaluate(context);
        if (caller is not null) given = new Arguments(given.Positional, [.. given.Named, new("caller", caller)]);
        context.Position = Position;
        if (function is not CallableValue callable)
            throw TemplateFault.Evaluation($"Cannot call {ValueComparison.Describe(function)}.");
        return callable.Call(context, given);
    }
}
