using System.Globalization;
using System.Numerics;

namespace PolarGrid.Engine.Schemas.Numbers;

/// <summary>A decimal number of any size, exactly as JSON writes it: <c>Unscaled / 10^Scale</c>.</summary>
internal readonly record struct DecimalNumber(BigInteger Unscaled, int Scale) : IComparable<DecimalNumber>
{
    private const int LargestExponent = 400;

    public bool IsNegative => Unscaled.Sign < 0;

    public bool IsZero => Unscaled.IsZero;

    public bool IsInteger => Reduced().Scale == 0;

    /// <summary>Digits behind the point, no zeros at the end.</summary>
    public string Fraction
    {
        get
        {
            var reduced = Reduced();
            if (reduced.Scale == 0) return "";
            var digits = BigInteger.Abs(reduced.Unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(reduced.Scale + 1, '0');
            return digits[^reduced.Scale..];
        }
    }

    /// <summary>The whole part of the magnitude.</summary>
    public BigInteger Whole => BigInteger.Abs(Unscaled) / BigInteger.Pow(10, Scale);

    /// <summary>Reads a JSON number; null when its exponent is beyond 400.</summary>
    public static DecimalNumber? Read(string json)
    {
        var mantissa = json.AsSpan();
        var exponent = 0;
        var e = json.AsSpan().IndexOfAny('e', 'E');
        if (e >= 0)
        {
            if (!int.TryParse(json.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
                || Math.Abs(exponent) > LargestExponent) return null;
            mantissa = mantissa[..e];
        }

        var point = mantissa.IndexOf('.');
        var digits = point < 0 ? mantissa.ToString() : string.Concat(mantissa[..point], mantissa[(point + 1)..]);
        var scale = (point < 0 ? 0 : mantissa.Length - point - 1) - exponent;
        if (digits.Length > 2 * LargestExponent) return null;
        var unscaled = BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return scale >= 0 ? new(unscaled, scale) : new(unscaled * BigInteger.Pow(10, -scale), 0);
    }

    public int CompareTo(DecimalNumber other)
    {
        var scale = Math.Max(Scale, other.Scale);
        return (Unscaled * BigInteger.Pow(10, scale - Scale)).CompareTo(other.Unscaled * BigInteger.Pow(10, scale - other.Scale));
    }

    public DecimalNumber Negated() => new(-Unscaled, Scale);

    public BigInteger Floor() => BigInteger.DivRem(Unscaled, BigInteger.Pow(10, Scale), out var rest) - (rest.Sign < 0 ? 1 : 0);

    public BigInteger Ceiling() => BigInteger.DivRem(Unscaled, BigInteger.Pow(10, Scale), out var rest) + (rest.Sign > 0 ? 1 : 0);

    /// <summary>The same number with the smallest scale; equal numbers become the same.</summary>
    public DecimalNumber Reduced()
    {
        if (Unscaled.IsZero) return default;
        var (unscaled, scale) = (Unscaled, Scale);
        while (scale > 0 && (unscaled % 10).IsZero)
        {
            unscaled /= 10;
            scale--;
        }

        return new(unscaled, scale);
    }

    public static bool operator <(DecimalNumber left, DecimalNumber right) => left.CompareTo(right) < 0;

    public static bool operator >(DecimalNumber left, DecimalNumber right) => left.CompareTo(right) > 0;

    public static bool operator <=(DecimalNumber left, DecimalNumber right) => left.CompareTo(right) <= 0;

    public static bool operator >=(DecimalNumber left, DecimalNumber right) => left.CompareTo(right) >= 0;
}
