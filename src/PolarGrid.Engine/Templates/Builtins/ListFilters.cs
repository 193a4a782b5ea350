using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>Filters over the members of a list, dict or string.</summary>
internal static class ListFilters
{
    public static TemplateValue Join(RenderContext context, TemplateValue value, Arguments arguments)
    {
        arguments.Allow("join", "d", "attribute");
        var separator = arguments.Find(0, "d") is { } given ? ValueText.Of(context, given) : StringValue.Empty;
        var attribute = arguments.Find(1, "attribute");
        var items = Iteration.Members(context, value);
        var builder = new TextBuilder(context);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0) builder.Append(separator);
            ValueText.Append(builder, context, attribute is null ? items[i] : Members.ReadPath(context, items[i], attribute));
        }

        return builder.ToValue();
    }

    public static TemplateValue List(RenderContext context, TemplateValue value, Arguments arguments)
    {
        var items = Iteration.Members(context, value);
        context.ChargeItems(items.Count);
        return ListValue.Made([.. items.Items]);
    }

    public static TemplateValue First(RenderContext context, TemplateValue value, Arguments arguments)
    {
        if (value is StringValue text) return Slicing.CodePointAt(text, 0) ?? (TemplateValue)Nothing;
        var items = Iteration.Members(context, value);
        return items.Count > 0 ? items[0] : Nothing;
    }

    public static TemplateValue Last(RenderContext context, TemplateValue value, Arguments arguments)
    {
        if (value is StringValue text) return Slicing.CodePointAt(text, -1) ?? (TemplateValue)Nothing;
        var items = Iteration.Members(context, value);
        return items.Count > 0 ? items[items.Count - 1] : Nothing;
    }

    public static TemplateValue Reverse(RenderContext context, TemplateValue value, Arguments arguments) =>
        Slicing.Slice(context, value is StringValue ? value : Iteration.Members(context, value), null, null, -1);

    public static TemplateValue Sort(RenderContext context, TemplateValue value, Arguments arguments)
    {
        arguments.Allow("sort", "reverse", "case_sensitive", "attribute");
        var key = KeyOf(context, arguments.Find(2, "attribute"), arguments.Flag(1, "case_sensitive"));
        return Sorting.Sort(context, Iteration.Members(context, value), key, arguments.Flag(0, "reverse"));
    }

    public static TemplateValue Unique(RenderContext context, TemplateValue value, Arguments arguments)
    {
        arguments.Allow("unique", "case_sensitive", "attribute");
        var key = KeyOf(context, arguments.Find(1, "attribute"), arguments.Flag(0, "case_sensitive"));
        var seen = new HashSet<TemplateValue>(KeyComparer.Instance);
        var kept = new ListBuilder(context);
        foreach (var item in Iteration.Members(context, value).Items)
        {
            var itemKey = key(item);
            context.Scan(itemKey);
            if (!KeyComparer.CanBeKey(itemKey))
                throw TemplateFault.Evaluation($"The filter 'unique' cannot compare {ValueComparison.Describe(itemKey)}.");
            if (seen.Add(itemKey)) kept.Add(item);
        }

        return kept.Build();
    }

    /// <summary>Rows of so many members each; the last may be filled up.</summary>
    public static TemplateValue Batch(RenderContext context, TemplateValue value, Arguments arguments)
    {
        arguments.Allow("batch", "linecount", "fill_with");
        var width = Positive(arguments, "linecount", "batch");
        var items = Iteration.Members(context, value);
        var rows = new ListBuilder(context);
        for (var i = 0; i < items.Count; i += width)
            rows.Add(Row(context, items, i, Math.Min(width, items.Count - i), width, arguments.Find(1, "fill_with")));
        return rows.Build();
    }

    /// <summary>So many columns, the first ones longer by one where it does not come out even.</summary>
    public static TemplateValue Slice(RenderContext context, TemplateValue value, Arguments arguments)
    {
        arguments.Allow("slice", "slices", "fill_with");
        var columns = Positive(arguments, "slices", "slice");
        var items = Iteration.Members(context, value);
        var (each, longer) = (items.Count / columns, items.Count % columns);
        var result = new ListBuilder(context);
        var start = 0;
        for (var i = 0; i < columns; i++)
        {
            var count = each + (i < longer ? 1 : 0);
            result.Add(Row(context, items, start, count, longer > 0 ? each + 1 : each, arguments.Find(1, "fill_with")));
            start += count;
        }

        return result.Build();
    }

    public static TemplateValue Sum(RenderContext context, TemplateValue value, Arguments arguments)
    {
        arguments.Allow("sum", "attribute", "start");
        var attribute = arguments.Find(0, "attribute");
        var sum = arguments.Find(1, "start") ?? IntegerValue.Of(0);
        foreach (var item in Iteration.Members(context, value).Items)
            sum = Arithmetic.Add(context, sum, attribute is null or NoneValue ? item : Members.ReadPath(context, item, attribute));
        return sum;
    }

    public static TemplateValue Minimum(RenderContext context, TemplateValue value, Arguments arguments) =>
        Extreme(context, value, arguments, "min", -1);

    public static TemplateValue Maximum(RenderContext context, TemplateValue value, Arguments arguments) =>
        Extreme(context, value, arguments, "max", 1);

    private static readonly UndefinedValue Nothing = new("the list is empty");

    private static TemplateValue Extreme(RenderContext context, TemplateValue value, Arguments arguments, string name, int sign)
    {
        arguments.Allow(name, "case_sensitive", "attribute");
        var key = KeyOf(context, arguments.Find(1, "attribute"), arguments.Flag(0, "case_sensitive"));
        TemplateValue? best = null;
        foreach (var item in Iteration.Members(context, value).Items)
            if (best is null || ValueComparison.Compare(context, key(item), key(best)) * sign > 0) best = item;
        return best ?? Nothing;
    }

    private static Func<TemplateValue, TemplateValue> KeyOf(RenderContext context, TemplateValue? attribute, bool caseSensitive) =>
        attribute is null or NoneValue
            ? item => Sorting.Fold(item, caseSensitive)
            : item => Sorting.Fold(Members.ReadPath(context, item, attribute), caseSensitive);

    private static int Positive(Arguments arguments, string name, string filter)
    {
        var value = arguments.FindInteger(0, name, filter) ?? throw TemplateFault.Evaluation($"The filter '{filter}' needs '{name}'.");
        return value is > 0 and <= int.MaxValue / 2
            ? (int)value
            : throw TemplateFault.Evaluation($"'{name}' of the filter '{filter}' must be above zero, not {value}.");
    }

    private static ListValue Row(RenderContext context, ListValue items, int start, int count, int width, TemplateValue? fill)
    {
        var row = new ListBuilder(context);
        row.AddRange(items.Items.Slice(start, count));
        while (fill is not null and not NoneValue && row.Count < width) row.Add(fill);
        return row.Build();
    }
}
