namespace PolarGrid.Engine.Templates.Values;

/// <summary>A repeated key keeps its first place and takes the later value, as in Python.</summary>
internal sealed class DictBuilder
{
    private readonly List<KeyValuePair<TemplateValue, TemplateValue>> _entries = [];
    private readonly Dictionary<TemplateValue, int> _places = new(KeyComparer.Instance);

    public void Set(TemplateValue key, TemplateValue value)
    {
        if (_places.TryAdd(key, _entries.Count)) _entries.Add(new(key, value));
        else _entries[_places[key]] = new(_entries[_places[key]].Key, value);
    }

    public DictValue Build() => new([.. _entries]);
}
