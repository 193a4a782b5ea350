namespace PolarGrid.Engine.Templates.Values;

/// <summary>Equality of dict keys: scalars only, 1 and 1.0 and true being one key, as in Python.</summary>
internal sealed class KeyComparer : IEqualityComparer<TemplateValue>
{
    public static readonly KeyComparer Instance = new();

    public static bool CanBeKey(TemplateValue value) =>
        value is StringValue or IntegerValue or FloatValue or BooleanValue or NoneValue;

    public bool Equals(TemplateValue? x, TemplateValue? y)
    {
        if (ReferenceEquals(x, y)) return true;
        if (x is StringValue a && y is StringValue b) return a.Text == b.Text;
        return x is not null && y is not null && Numeric.TryRead(x, out var left) && Numeric.TryRead(y, out var right)
            && Numeric.Compare(left, right) == 0;
    }

    public int GetHashCode(TemplateValue obj) => obj switch
    {
        StringValue text => text.Text.GetHashCode(StringComparison.Ordinal),
        _ when Numeric.TryRead(obj, out var number) => number.AsDouble.GetHashCode(),
        _ => 0,
    };
}
