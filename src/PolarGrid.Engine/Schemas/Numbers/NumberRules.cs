using System.Numerics;

namespace PolarGrid.Engine.Schemas.Numbers;

/// <summary>Rules for numbers between bounds.</summary>
internal static class NumberRules
{
    private const int MostSignificant = 15, LeastFraction = 1, MostFraction = 6;

    /// <summary>A multiple of a step is written out as a list when there are no more than this many.</summary>
    private const int MostMultiples = 2000;

    private static readonly BigInteger Beyond = BigInteger.Pow(10, SchemaLimits.IntegerDigits);

    /// <returns>Null when no integer lies there.</returns>
    public static string? Integer(NumberBounds bounds)
    {
        var (least, most) = Ends(bounds);
        var negative = least.Sign < 0 ? DigitRules.Whole(BigInteger.Max(1, -most), -least) : null;
        var positive = most.Sign >= 0 ? DigitRules.Whole(BigInteger.Max(0, least), most) : null;
        return Gbnf.OneOf([negative is null ? null : $"\"-\" {negative}", positive]);
    }

    /// <returns>All multiples of the step, written out; null when they are too many.</returns>
    public static string? Multiples(NumberBounds bounds, BigInteger step)
    {
        var (least, most) = Ends(bounds);
        var first = BigInteger.DivRem(least, step, out var rest) + (rest.Sign > 0 ? 1 : 0);
        var last = BigInteger.DivRem(most, step, out rest) - (rest.Sign < 0 ? 1 : 0);
        if (last - first >= MostMultiples) return null;
        var values = new List<string>();
        for (var at = first; at <= last; at++) values.Add($"\"{at * step}\"");
        return Gbnf.OneOf(values) ?? "[]";
    }

    /// <param name="digits">Most digits behind the point; null for as many as stay exact in a 64-bit number.</param>
    /// <returns>Null when no number lies there.</returns>
    public static string? Number(NumberBounds bounds, int? digits)
    {
        var whole = bounds is { Least: null, Most: null } ? SchemaLimits.IntegerDigits : WholeDigits(bounds);
        var given = Math.Max(bounds.Least?.Fraction.Length ?? 0, bounds.Most?.Fraction.Length ?? 0);
        var fraction = digits ?? Math.Max(given, Math.Clamp(MostSignificant - whole, LeastFraction, MostFraction));
        var negative = bounds.Least is null or { IsNegative: true } ? Magnitude(Mirrored(bounds), fraction) : null;
        var positive = bounds.Most is null or { IsNegative: false } ? Magnitude(bounds, fraction) : null;
        return Gbnf.OneOf([negative is null ? null : $"\"-\" {negative}", positive]);
    }

    /// <summary>Whether the digits that the rules allow tell a number from an excluded bound in 64 bits.</summary>
    public static bool IsExact(NumberBounds bounds) =>
        !(bounds.ExcludesLeast && TooPrecise(bounds.Least)) && !(bounds.ExcludesMost && TooPrecise(bounds.Most));

    private static bool TooPrecise(DecimalNumber? bound) =>
        bound is { } number && number.Fraction.Length + DigitsOf(number.Whole) > MostSignificant;

    private static int WholeDigits(NumberBounds bounds) => Math.Min(
        SchemaLimits.IntegerDigits,
        bounds is { Least: { } least, Most: { } most } ? Math.Max(DigitsOf(least.Whole), DigitsOf(most.Whole)) : SchemaLimits.IntegerDigits);

    private static int DigitsOf(BigInteger number) =>
        BigInteger.Abs(number).ToString(System.Globalization.CultureInfo.InvariantCulture).Length;

    private static NumberBounds Mirrored(NumberBounds bounds) =>
        new(bounds.Most?.Negated(), bounds.ExcludesMost, bounds.Least?.Negated(), bounds.ExcludesLeast);

    /// <summary>The numbers of the range that are 0 or more, without a sign.</summary>
    private static string? Magnitude(NumberBounds bounds, int digits)
    {
        var zero = new DecimalNumber(0, 0);
        var (least, excludesLeast) = bounds.Least is { IsNegative: false } low ? (low, bounds.ExcludesLeast) : (zero, false);
        if (bounds.Most is not { } most || most.Whole >= Beyond) (most, bounds) = (new DecimalNumber(Beyond, 0), bounds with { ExcludesMost = true });
        if (least > most) return null;
        var (first, last) = (least.Whole, most.Whole);
        if (first == last)
        {
            return Joined(DigitRules.Whole(first, first), DigitRules.Fraction(least.Fraction, excludesLeast, most.Fraction, bounds.ExcludesMost, digits));
        }

        return Gbnf.OneOf(
        [
            Joined(DigitRules.Whole(first, first), DigitRules.Fraction(least.Fraction, excludesLeast, null, false, digits)),
            Joined(DigitRules.Whole(first + 1, last - 1), DigitRules.Fraction(null, false, null, false, digits)),
            Joined(DigitRules.Whole(last, last), DigitRules.Fraction(null, false, most.Fraction, bounds.ExcludesMost, digits)),
        ]);
    }

    private static string? Joined(string? whole, FractionRule fraction) =>
        whole is null || fraction.Write() is not { } rest ? null : $"{whole} {rest}";

    private static (BigInteger Least, BigInteger Most) Ends(NumberBounds bounds)
    {
        var least = bounds.Least is { } low ? low.Ceiling() + (bounds.ExcludesLeast && low.IsInteger ? 1 : 0) : 1 - Beyond;
        var most = bounds.Most is { } high ? high.Floor() - (bounds.ExcludesMost && high.IsInteger ? 1 : 0) : Beyond - 1;
        return (BigInteger.Max(least, 1 - Beyond), BigInteger.Min(most, Beyond - 1));
    }
}
