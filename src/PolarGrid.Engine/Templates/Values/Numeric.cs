namespace PolarGrid.Engine.Templates.Values;

/// <summary>A number as Python's arithmetic sees it: booleans are the integers 0 and 1.</summary>
internal readonly struct Numeric
{
    private Numeric(bool isInteger, long integer, double real) => (IsInteger, Integer, AsDouble) = (isInteger, integer, real);

    public bool IsInteger { get; }

    public long Integer { get; }

    public double AsDouble { get; }

    public static bool TryRead(TemplateValue value, out Numeric number)
    {
        switch (value)
        {
            case IntegerValue integer:
                number = new Numeric(true, integer.Value, integer.Value);
                return true;
            case FloatValue real:
                number = new Numeric(false, 0, real.Value);
                return true;
            case BooleanValue boolean:
                number = new Numeric(true, boolean.Value ? 1 : 0, boolean.Value ? 1 : 0);
                return true;
            default:
                number = default;
                return false;
        }
    }

    /// <summary>Null when one of them is not a number in the IEEE sense.</summary>
    public static int? Compare(Numeric left, Numeric right)
    {
        if (left.IsInteger && right.IsInteger) return left.Integer.CompareTo(right.Integer);
        if (double.IsNaN(left.AsDouble) || double.IsNaN(right.AsDouble)) return null;
        return left.AsDouble.CompareTo(right.AsDouble);
    }
}
