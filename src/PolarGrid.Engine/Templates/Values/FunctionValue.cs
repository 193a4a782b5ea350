using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Values;

/// <summary>A global such as <c>range</c>.</summary>
internal sealed class FunctionValue(string name, Func<RenderContext, Arguments, TemplateValue> body) : CallableValue(name)
{
    public override TemplateValue Call(RenderContext context, Arguments arguments) => body(context, arguments);
}
