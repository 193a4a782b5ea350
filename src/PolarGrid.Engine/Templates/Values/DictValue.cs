namespace PolarGrid.Engine.Templates.Values;

/// <summary>An immutable mapping that keeps the order in which it was written.</summary>
internal sealed class DictValue(KeyValuePair<TemplateValue, TemplateValue>[] entries) : TemplateValue
{
    private const int ScanLimit = 8;
    private readonly Dictionary<TemplateValue, int>? _index = entries.Length > ScanLimit ? Index(entries) : null;

    public ReadOnlySpan<KeyValuePair<TemplateValue, TemplateValue>> Entries => entries;

    public int Count => entries.Length;

    internal override string Noun => "a dict";

    internal override bool IsTruthy => entries.Length > 0;

    /// <summary>Null when the key is absent.</summary>
    public TemplateValue? Find(TemplateValue key)
    {
        if (_index is not null) return _index.TryGetValue(key, out var place) ? entries[place].Value : null;
        foreach (var (candidate, value) in entries)
            if (KeyComparer.Instance.Equals(candidate, key)) return value;
        return null;
    }

    private static Dictionary<TemplateValue, int> Index(KeyValuePair<TemplateValue, TemplateValue>[] entries)
    {
        var index = new Dictionary<TemplateValue, int>(entries.Length, KeyComparer.Instance);
        for (var i = 0; i < entries.Length; i++) index[entries[i].Key] = i;
        return index;
    }
}
