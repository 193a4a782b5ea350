using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Values;

/// <summary>A method taken from its object without being called, as <c>message.items</c> is in Python.</summary>
internal sealed class MethodValue(string name, TemplateValue self, Operation body) : CallableValue(name)
{
    public override TemplateValue Call(RenderContext context, Arguments arguments)
    {
        context.Scan(self);
        return context.Charged(body(context, self, arguments));
    }
}
