using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>Python's arithmetic, with 64-bit integers: beyond those it fails rather than wraps.</summary>
internal static class Arithmetic
{
    public static TemplateValue Add(RenderContext context, TemplateValue left, TemplateValue right)
    {
        if (left is ListValue a && right is ListValue b && a.IsTuple == b.IsTuple)
        {
            context.ChargeItems(a.Count + b.Count);
            TemplateValue[] items = [.. a.Items, .. b.Items];
            return a.IsTuple ? ListValue.Tuple(items) : ListValue.Made(items);
        }

        return Compute("+", left, right, static (x, y) => checked(x + y), static (x, y) => x + y);
    }

    public static TemplateValue Subtract(TemplateValue left, TemplateValue right) =>
        Compute("-", left, right, static (x, y) => checked(x - y), static (x, y) => x - y);

    public static TemplateValue Multiply(RenderContext context, TemplateValue left, TemplateValue right)
    {
        if (IsCount(right, out var times) && left is StringValue or ListValue) return Repeat(context, left, times);
        if (IsCount(left, out times) && right is StringValue or ListValue) return Repeat(context, right, times);
        return Compute("*", left, right, static (x, y) => checked(x * y), static (x, y) => x * y);
    }

    public static TemplateValue Divide(TemplateValue left, TemplateValue right)
    {
        var (x, y) = Read("/", left, right);
        return y.AsDouble == 0 ? throw ByZero() : new FloatValue(x.AsDouble / y.AsDouble);
    }

    public static TemplateValue FloorDivide(TemplateValue left, TemplateValue right)
    {
        if (Read("//", left, right).Right.AsDouble == 0) throw ByZero();
        return Compute("//", left, right, Floor, static (x, y) => Math.Floor(x / y));
    }

    public static TemplateValue Modulo(RenderContext context, TemplateValue left, TemplateValue right)
    {
        if (left is StringValue format) return PercentFormat.Apply(context, format, right);
        if (Read("%", left, right).Right.AsDouble == 0) throw ByZero();
        return Compute("%", left, right, Remainder, static (x, y) => x - (y * Math.Floor(x / y)));
    }

    public static TemplateValue Power(TemplateValue left, TemplateValue right)
    {
        var (x, y) = Read("**", left, right);
        if (!x.IsInteger || !y.IsInteger || y.Integer < 0) return new FloatValue(Math.Pow(x.AsDouble, y.AsDouble));
        try
        {
            return IntegerValue.Of(IntegerPower(x.Integer, y.Integer));
        }
        catch (OverflowException)
        {
            throw TooLarge("**");
        }
    }

    public static TemplateValue Sign(TemplateValue value, bool isMinus)
    {
        if (!Numeric.TryRead(value, out var number))
            throw TemplateFault.Evaluation($"Cannot put a {(isMinus ? "minus" : "plus")} before {ValueComparison.Describe(value)}.");
        if (!number.IsInteger) return new FloatValue(isMinus ? -number.AsDouble : number.AsDouble);
        if (isMinus && number.Integer == long.MinValue) throw TooLarge("-");
        return IntegerValue.Of(isMinus ? -number.Integer : number.Integer);
    }

    private static TemplateValue Compute(
        string name, TemplateValue left, TemplateValue right, Func<long, long, long> whole, Func<double, double, double> real)
    {
        var (x, y) = Read(name, left, right);
        if (!x.IsInteger || !y.IsInteger) return new FloatValue(real(x.AsDouble, y.AsDouble));
        try
        {
            return IntegerValue.Of(whole(x.Integer, y.Integer));
        }
        catch (OverflowException)
        {
            throw TooLarge(name);
        }
    }

    private static (Numeric Left, Numeric Right) Read(string name, TemplateValue left, TemplateValue right)
    {
        if (Numeric.TryRead(left, out var x) && Numeric.TryRead(right, out var y)) return (x, y);
        throw TemplateFault.Evaluation($"Cannot compute {ValueComparison.Describe(left)} {name} {ValueComparison.Describe(right)}.");
    }

    private static bool IsCount(TemplateValue value, out long count)
    {
        var isCount = Numeric.TryRead(value, out var number) && number.IsInteger;
        count = number.Integer;
        return isCount;
    }

    private static TemplateValue Repeat(RenderContext context, TemplateValue value, long times)
    {
        if (value is StringValue text) return TextTools.Repeat(context, text, times);
        var list = (ListValue)value;
        times = list.Count == 0 ? 0 : Math.Max(0, times);
        if (times > int.MaxValue / Math.Max(1, list.Count)) context.ChargeItems(int.MaxValue);
        context.ChargeItems((int)times * list.Count);
        var items = new TemplateValue[times * list.Count];
        for (var i = 0; i < times; i++) list.Items.CopyTo(items.AsSpan(i * list.Count));
        return list.IsTuple ? ListValue.Tuple(items) : ListValue.Made(items);
    }

    private static long Floor(long x, long y)
    {
        var quotient = checked(x / y);
        return x % y != 0 && (x < 0) != (y < 0) ? quotient - 1 : quotient;
    }

    private static long Remainder(long x, long y)
    {
        if (y == -1) return 0;
        var remainder = x % y;
        return remainder != 0 && (remainder < 0) != (y < 0) ? remainder + y : remainder;
    }

    private static long IntegerPower(long value, long exponent)
    {
        if (value is 0 or 1) return exponent == 0 ? 1 : value;
        if (value == -1) return exponent % 2 == 0 ? 1 : -1;
        long result = 1;
        for (; exponent > 0; exponent--) result = checked(result * value);
        return result;
    }

    private static TemplateFault ByZero() => TemplateFault.Evaluation("Cannot divide by zero.");

    private static TemplateFault TooLarge(string name) =>
        TemplateFault.Evaluation($"The result of {name} does not fit a 64-bit integer.");
}
