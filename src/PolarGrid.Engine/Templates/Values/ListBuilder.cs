using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Values;

/// <summary>Collects the members of a new list; each is charged before it takes memory.</summary>
internal sealed class ListBuilder(RenderContext context)
{
    private readonly List<TemplateValue> _items = [];

    public int Count => _items.Count;

    public void Add(TemplateValue item)
    {
        context.ChargeItems(1);
        _items.Add(item);
    }

    public void AddRange(ReadOnlySpan<TemplateValue> items)
    {
        context.ChargeItems(items.Length);
        _items.AddRange(items);
    }

    public ListValue Build() => ListValue.Made([.. _items]);
}
