using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>
/// A stable merge sort. Written out because the comparison can fail, and the library's sorts wrap what a comparison throws;
/// and because every comparison must count as a step.
/// </summary>
internal static class Sorting
{
    public static ListValue Sort(RenderContext context, ListValue list, Func<TemplateValue, TemplateValue> key, bool descending)
    {
        context.ChargeItems(list.Count);
        var entries = new (TemplateValue Key, TemplateValue Item)[list.Count];
        for (var i = 0; i < entries.Length; i++) entries[i] = (key(list[i]), list[i]);
        var source = entries;
        var target = new (TemplateValue, TemplateValue)[entries.Length];
        for (var width = 1; width < entries.Length; width *= 2)
        {
            for (var low = 0; low < entries.Length; low += 2 * width) Merge(context, source, target, low, width, descending);
            (source, target) = (target, source);
        }

        return ListValue.Made([.. source.Select(e => e.Item2)]);
    }

    /// <summary>Jinja sorts strings without regard to case unless told otherwise.</summary>
    public static TemplateValue Fold(TemplateValue value, bool caseSensitive) =>
        !caseSensitive && value is StringValue text ? TextTools.Lower(text) : value;

    private static void Merge(
        RenderContext context,
        (TemplateValue Key, TemplateValue Item)[] source,
        (TemplateValue, TemplateValue)[] target,
        int low,
        int width,
        bool descending)
    {
        var middle = Math.Min(low + width, source.Length);
        var high = Math.Min(low + (2 * width), source.Length);
        var (left, right) = (low, middle);
        for (var i = low; i < high; i++)
        {
            var takeLeft = left < middle && (right >= high || IsInOrder(context, source[left].Key, source[right].Key, descending));
            target[i] = takeLeft ? source[left++] : source[right++];
        }
    }

    private static bool IsInOrder(RenderContext context, TemplateValue first, TemplateValue second, bool descending)
    {
        var order = ValueComparison.Compare(context, first, second) ?? 0;
        return descending ? order >= 0 : order <= 0;
    }
}
