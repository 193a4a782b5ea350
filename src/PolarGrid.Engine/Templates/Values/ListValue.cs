using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Values;

/// <summary>A list or a tuple. Only a list that the template made in this rendering can grow.</summary>
internal sealed class ListValue : TemplateValue
{
    public static readonly ListValue Empty = Frozen([]);

    private readonly bool _frozen;
    private TemplateValue[] _items;

    private ListValue(TemplateValue[] items, bool isTuple, bool frozen)
    {
        (_items, Count, IsTuple, _frozen) = (items, items.Length, isTuple, frozen);
    }

    public int Count { get; private set; }

    public bool IsTuple { get; }

    public ReadOnlySpan<TemplateValue> Items => _items.AsSpan(0, Count);

    internal override string Noun => IsTuple ? "a tuple" : "a list";

    internal override bool IsTruthy => Count > 0;

    public TemplateValue this[int index] => _items[index];

    public static ListValue Frozen(TemplateValue[] items) => new(items, isTuple: false, frozen: true);

    public static ListValue Tuple(params TemplateValue[] items) => new(items, isTuple: true, frozen: true);

    public static ListValue Made(TemplateValue[] items) => new(items, isTuple: false, frozen: false);

    public void Add(TemplateValue item)
    {
        if (_frozen) throw TemplateFault.Evaluation($"Only a list that the template made can grow, not {Noun} that was given to it.");
        if (Count == _items.Length) Array.Resize(ref _items, Math.Max(4, Count * 2));
        _items[Count++] = item;
    }
}
