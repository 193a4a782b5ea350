using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>Methods and filters of dicts.</summary>
internal static class DictOperations
{
    public static ListValue Items(RenderContext context, DictValue dict, Arguments arguments)
    {
        arguments.Allow("items");
        context.ChargeItems(dict.Count * 2);
        var items = new TemplateValue[dict.Count];
        for (var i = 0; i < items.Length; i++) items[i] = ListValue.Tuple(dict.Entries[i].Key, dict.Entries[i].Value);
        return ListValue.Made(items);
    }

    public static ListValue Keys(RenderContext context, DictValue dict, Arguments arguments)
    {
        arguments.Allow("keys()");
        return Iteration.Keys(context, dict);
    }

    public static ListValue Values(RenderContext context, DictValue dict, Arguments arguments)
    {
        arguments.Allow("values()");
        context.ChargeItems(dict.Count);
        var values = new TemplateValue[dict.Count];
        for (var i = 0; i < values.Length; i++) values[i] = dict.Entries[i].Value;
        return ListValue.Made(values);
    }

    public static TemplateValue Get(RenderContext context, DictValue dict, Arguments arguments)
    {
        arguments.Allow("get()", "key", "default");
        var key = arguments.Require(0, "key", "get()");
        context.Scan(key);
        return (KeyComparer.CanBeKey(key) ? dict.Find(key) : null) ?? arguments.Find(1, "default") ?? NoneValue.Instance;
    }

    /// <summary>The filter: nothing for an undefined value, an error for anything else that is no dict.</summary>
    public static TemplateValue ItemsFilter(RenderContext context, TemplateValue value, Arguments arguments) => value switch
    {
        DictValue dict => Items(context, dict, arguments),
        UndefinedValue => ListValue.Empty,
        _ => throw TemplateFault.Evaluation($"The filter 'items' needs a dict, not {value.Noun}."),
    };

    public static TemplateValue SortFilter(RenderContext context, TemplateValue value, Arguments arguments)
    {
        arguments.Allow("dictsort", "case_sensitive", "by", "reverse");
        if (value is not DictValue dict)
            throw TemplateFault.Evaluation($"The filter 'dictsort' needs a dict, not {ValueComparison.Describe(value)}.");
        var caseSensitive = arguments.Flag(0, "case_sensitive");
        var place = arguments.FindText(1, "by", "dictsort")?.Text switch
        {
            null or "key" => 0,
            "value" => 1,
            var other => throw TemplateFault.Evaluation($"dictsort can sort by 'key' or 'value', not by '{other}'."),
        };
        var items = Items(context, dict, Arguments.None);
        return Sorting.Sort(context, items, item => Sorting.Fold(((ListValue)item)[place], caseSensitive), arguments.Flag(2, "reverse"));
    }
}
