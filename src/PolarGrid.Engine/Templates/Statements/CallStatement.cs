using PolarGrid.Engine.Templates.Expressions;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Statements;

/// <summary><c>{% call(x) macro() %}…{% endcall %}</c>: the macro prints the body through <c>caller(x)</c>.</summary>
internal sealed class CallStatement(CallExpression call, MacroDefinition body) : Statement
{
    public override Flow Execute(RenderContext context)
    {
        context.Step();
        context.Frame.Capture();
        var value = call.Call(context, new MacroValue(body, context.Frame));
        ValueText.Append(context.Output, context, value);
        return Flow.Next;
    }
}
