using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Statements;

namespace PolarGrid.Engine.Templates.Values;

/// <summary>A macro with the frame it was defined in, whose names it sees as they are when it runs.</summary>
internal sealed class MacroValue(MacroDefinition definition, Frame closure) : CallableValue(definition.Name)
{
    internal override string Noun => "a macro";

    public override TemplateValue Call(RenderContext context, Arguments arguments)
    {
        var outer = context.Frame;
        var output = context.Output;
        context.EnterCall();
        context.Frame = new Frame(closure);
        context.Output = new TextBuilder(context);
        try
        {
            definition.Bind(context, arguments);
            Block.Run(definition.Body, context);
            return context.Output.ToValue();
        }
        finally
        {
            context.Frame = outer;
            context.Output = output;
            context.LeaveCall();
        }
    }
}
