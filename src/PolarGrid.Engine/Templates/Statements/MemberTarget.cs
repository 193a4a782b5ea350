using PolarGrid.Engine.Templates.Expressions;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Statements;

/// <summary><c>set ns.member = …</c>, which only a namespace allows.</summary>
internal sealed class MemberTarget(NameExpression owner, string member) : AssignmentTarget
{
    public override void Assign(RenderContext context, TemplateValue value)
    {
        var target = owner.Evaluate(context);
        context.Position = owner.Position;
        if (target is not NamespaceValue @namespace)
            throw TemplateFault.Evaluation($"Cannot set '{member}' on {ValueComparison.Describe(target)}; only a namespace allows that.");
        @namespace.Set(context, member, value);
    }
}
