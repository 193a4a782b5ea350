using PolarGrid.Engine.Templates.Builtins;
using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Statements;

internal sealed class TupleTarget(AssignmentTarget[] targets) : AssignmentTarget
{
    public override void Assign(RenderContext context, TemplateValue value)
    {
        var items = Iteration.Members(context, value);
        if (items.Count != targets.Length)
            throw TemplateFault.Evaluation($"Cannot take {targets.Length} values out of {value.Noun} of {items.Count}.");
        for (var i = 0; i < targets.Length; i++) targets[i].Assign(context, items[i]);
    }
}
