using System.Globalization;

namespace PolarGrid.Engine.Templates.Values;

/// <summary>The shortest digits that read back the same, laid out as Python does: 1.0, 1e-05, 1e+16.</summary>
internal static class PythonFloat
{
    public static string Format(double value)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";

        var (digits, exponent) = Digits(value.ToString("R", CultureInfo.InvariantCulture));
        var sign = double.IsNegative(value) ? "-" : string.Empty;
        if (exponent is < -4 or >= 16)
        {
            var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
            return $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        if (exponent < 0) return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        return digits.Length <= exponent + 1
            ? $"{sign}{digits.PadRight(exponent + 1, '0')}.0"
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>Significant digits without leading or trailing zeros, and the power of ten of the first.</summary>
    private static (string Digits, int Exponent) Digits(string text)
    {
        var unsigned = text.TrimStart('-');
        var mark = unsigned.IndexOf('E', StringComparison.Ordinal);
        var power = mark < 0 ? 0 : int.Parse(unsigned.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = mark < 0 ? unsigned : unsigned[..mark];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa : mantissa[..point];
        var all = point < 0 ? mantissa : whole + mantissa[(point + 1)..];
        var trimmed = all.TrimStart('0');
        if (trimmed.Length == 0) return ("0", 0);
        var exponent = whole.Length - 1 - (all.Length - trimmed.Length) + power;
        return (trimmed.TrimEnd('0'), exponent);
    }
}
