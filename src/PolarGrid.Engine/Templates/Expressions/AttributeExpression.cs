using PolarGrid.Engine.Templates.Builtins;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Expressions;

/// <summary><c>value.name</c>. A method comes before a dict's entry of the same name, as in Python.</summary>
internal sealed class AttributeExpression(int position, Expression target, string name) : Expression(position, target)
{
    private readonly StringValue _key = StringValue.Trust(name);
    private readonly UndefinedValue _missing = new($"there is no member '{name}'");
    private readonly Operation? _dictMethod = Methods.OfDict(name);

    public Expression Target { get; } = target;

    public string Name { get; } = name;

    protected override TemplateValue Compute(RenderContext context) => Read(context, Target.Evaluate(context));

    public TemplateValue Read(RenderContext context, TemplateValue value)
    {
        if (value is DictValue dict && _dictMethod is null) return dict.Find(_key) ?? _missing;
        context.Position = Position;
        return Members.Read(context, value, Name) ?? _missing;
    }

    /// <summary>The method to call when this is followed by parentheses; saves making a bound method.</summary>
    public Operation? FindMethod(TemplateValue value) => value is DictValue ? _dictMethod : Methods.Find(value, Name);
}
