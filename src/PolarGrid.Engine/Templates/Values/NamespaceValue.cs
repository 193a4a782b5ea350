using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Values;

/// <summary>The language's one mutable record, made by <c>namespace()</c>. Lives and dies with one rendering.</summary>
internal sealed class NamespaceValue : TemplateValue
{
    private readonly Dictionary<string, TemplateValue> _members = new(StringComparer.Ordinal);

    internal override string Noun => "a namespace";

    internal override bool IsTruthy => true;

    public TemplateValue? Find(string name) => _members.GetValueOrDefault(name);

    public void Set(RenderContext context, string name, TemplateValue value)
    {
        if (!_members.ContainsKey(name)) context.ChargeItems(1);
        _members[name] = value;
    }
}
