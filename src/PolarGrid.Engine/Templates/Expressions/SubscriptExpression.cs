using PolarGrid.Engine.Templates.Builtins;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Expressions;

/// <summary><c>value[key]</c>. An absent key or index gives an undefined value, as in Jinja.</summary>
internal sealed class SubscriptExpression(int position, Expression target, Expression key) : Expression(position, target, key)
{
    protected override TemplateValue Compute(RenderContext context)
    {
        var value = target.Evaluate(context);
        var index = key.Evaluate(context);
        if (value is DictValue dict && index is StringValue && dict.Find(index) is { } found) return found;
        context.Position = Position;
        return Members.ReadItem(context, value, index);
    }
}
