using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Values;

/// <summary>Python's <c>==</c> and <c>&lt;</c> between values. Provenance never matters here.</summary>
internal static class ValueComparison
{
    public static bool AreEqual(RenderContext context, TemplateValue left, TemplateValue right, int depth = 0)
    {
        if (ReferenceEquals(left, right)) return left is not FloatValue { Value: double.NaN };
        context.Step();
        switch (left, right)
        {
            case (StringValue a, StringValue b):
                if (a.Text.Length != b.Text.Length) return false;
                context.Scan(a);
                return a.Text == b.Text;
            case (UndefinedValue, UndefinedValue):
                return true;
            case (ListValue a, ListValue b):
                return a.IsTuple == b.IsTuple && a.Count == b.Count && AreEqualLists(context, a, b, depth);
            case (DictValue a, DictValue b):
                return a.Count == b.Count && AreEqualDicts(context, a, b, depth);
            default:
                return Numeric.TryRead(left, out var x) && Numeric.TryRead(right, out var y) && Numeric.Compare(x, y) == 0;
        }
    }

    /// <summary>Below zero, zero or above; null when not a number is involved, as then no order holds.</summary>
    public static int? Compare(RenderContext context, TemplateValue left, TemplateValue right, int depth = 0)
    {
        context.Step();
        if (left is StringValue a && right is StringValue b)
        {
            context.Scan(a);
            return string.CompareOrdinal(a.Text, b.Text);
        }

        if (Numeric.TryRead(left, out var x) && Numeric.TryRead(right, out var y)) return Numeric.Compare(x, y);
        if (left is ListValue p && right is ListValue q && p.IsTuple == q.IsTuple)
        {
            context.CheckDepth(depth);
            for (var i = 0; i < Math.Min(p.Count, q.Count); i++)
                if (!AreEqual(context, p[i], q[i], depth + 1)) return Compare(context, p[i], q[i], depth + 1);
            return p.Count.CompareTo(q.Count);
        }

        throw TemplateFault.Evaluation($"Cannot say which is greater: {Describe(left)} or {Describe(right)}.");
    }

    public static bool Contains(RenderContext context, TemplateValue container, TemplateValue item)
    {
        switch (container)
        {
            case StringValue text:
                if (item is not StringValue part) throw TemplateFault.Evaluation($"Cannot look for {Describe(item)} in a string.");
                context.Search(text.Text, part.Text);
                return text.Text.Contains(part.Text, StringComparison.Ordinal);
            case DictValue dict:
                context.Scan(item);
                return KeyComparer.CanBeKey(item) && dict.Find(item) is not null;
            case ListValue list:
                for (var i = 0; i < list.Count; i++)
                    if (AreEqual(context, list[i], item)) return true;
                return false;
            case UndefinedValue:
                return false;
            default:
                throw TemplateFault.Evaluation($"Cannot look for something in {container.Noun}.");
        }
    }

    /// <summary>The value's kind, or for an undefined value which name it stands for.</summary>
    public static string Describe(TemplateValue value) =>
        value is UndefinedValue undefined ? $"an undefined value ({undefined.Complaint})" : value.Noun;

    private static bool AreEqualLists(RenderContext context, ListValue left, ListValue right, int depth)
    {
        context.CheckDepth(depth);
        for (var i = 0; i < left.Count; i++)
            if (!AreEqual(context, left[i], right[i], depth + 1)) return false;
        return true;
    }

    private static bool AreEqualDicts(RenderContext context, DictValue left, DictValue right, int depth)
    {
        context.CheckDepth(depth);
        foreach (var (key, value) in left.Entries)
            if (right.Find(key) is not { } other || !AreEqual(context, value, other, depth + 1)) return false;
        return true;
    }
}
