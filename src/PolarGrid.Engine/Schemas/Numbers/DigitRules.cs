using System.Numerics;

namespace PolarGrid.Engine.Schemas.Numbers;

/// <summary>Rules for runs of digits between two others.</summary>
internal static class DigitRules
{
    /// <summary>Whole numbers from least to most, without leading zeros.</summary>
    /// <param name="least">0 or more.</param>
    /// <param name="most">Null when there is no whole number between them: the result then is null too.</param>
    public static string? Whole(BigInteger least, BigInteger most)
    {
        if (least > most) return null;
        var low = least.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var high = most.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (low.Length == high.Length) return SameLength(low, high);
        var options = new List<string?> { SameLength(low, new string('9', low.Length)) };
        if (high.Length - low.Length > 1) options.Add($"[1-9] {Gbnf.Times("[0-9]", low.Length, high.Length - 2)}");
        options.Add(SameLength("1" + new string('0', high.Length - 1), high));
        return Gbnf.OneOf(options);
    }

    /// <summary>
    /// Digits behind a point, at most so many, whose value lies between two others. An empty run counts as zero.
    /// </summary>
    /// <param name="least">No zeros at the end; null for no bound.</param>
    /// <param name="most">As <paramref name="least"/>.</param>
    public static FractionRule Fraction(string? least, bool excludesLeast, string? most, bool excludesMost, int digits)
    {
        if (most is null) return least is null ? new(true, AnyDigits(digits)) : From(least, excludesLeast, digits);
        if (least is null) return UpTo(most, excludesMost, digits);
        if (least.Length == 0 && most.Length == 0)
        {
            return excludesLeast || excludesMost ? default : new(true, digits > 0 ? Gbnf.Times("\"0\"", 1, digits) : null);
        }

        var low = least.Length > 0 ? least[0] : '0';
        var high = most.Length > 0 ? most[0] : '0';
        var empty = least.Length == 0 && !excludesLeast;
        if (low > high || digits == 0) return new(empty, null);
        var (lowRest, highRest) = (Rest(least), Rest(most));
        if (low == high) return new(empty, After(low, Fraction(lowRest, excludesLeast, highRest, excludesMost, digits - 1)));
        return new(empty, Gbnf.OneOf(
        [
            After(low, From(lowRest, excludesLeast, digits - 1)),
            Between(low, high, digits - 1),
            After(high, UpTo(highRest, excludesMost, digits - 1)),
        ]));
    }

    private static FractionRule From(string least, bool excluded, int digits)
    {
        if (least.Length == 0)
        {
            if (!excluded) return new(true, AnyDigits(digits));
            return new(false, digits == 0 ? null : $"\"0\"{{0,{digits - 1}}} [1-9] {Gbnf.Times("[0-9]", 0, digits - 1)}");
        }

        return digits == 0 ? default : new(false, Gbnf.OneOf(
        [
            After(least[0], From(Rest(least), excluded, digits - 1)),
            Between(least[0], (char)('9' + 1), digits - 1),
        ]));
    }

    private static FractionRule UpTo(string most, bool excluded, int digits)
    {
        if (most.Length == 0) return excluded ? default : new(true, digits == 0 ? null : Gbnf.Times("\"0\"", 1, digits));
        return digits == 0 ? new(true, null) : new(true, Gbnf.OneOf(
        [
            Between((char)('0' - 1), most[0], digits - 1),
            After(most[0], UpTo(Rest(most), excluded, digits - 1)),
        ]));
    }

    private static string SameLength(string low, string high)
    {
        var same = low.AsSpan().CommonPrefixLength(high);
        if (same > 0)
        {
            var before = $"\"{low[..same]}\"";
            return same == low.Length ? before : $"{before} {SameLength(low[same..], high[same..])}";
        }

        var rest = low.Length - 1;
        var lowIsFirst = low.AsSpan(1).IndexOfAnyExcept('0') < 0;
        var highIsLast = high.AsSpan(1).IndexOfAnyExcept('9') < 0;
        if (lowIsFirst && highIsLast) return rest == 0 ? $"[{low[0]}-{high[0]}]" : $"[{low[0]}-{high[0]}] {Gbnf.Times("[0-9]", rest, rest)}";
        var options = new List<string?>();
        if (!lowIsFirst) options.Add($"\"{low[0]}\" {SameLength(low[1..], new string('9', rest))}");
        var from = lowIsFirst ? low[0] : (char)(low[0] + 1);
        var to = highIsLast ? high[0] : (char)(high[0] - 1);
        if (from <= to) options.Add($"[{from}-{to}] {Gbnf.Times("[0-9]", rest, rest)}");
        if (!highIsLast) options.Add($"\"{high[0]}\" {SameLength(new string('0', rest), high[1..])}");
        return Gbnf.OneOf(options)!;
    }

    private static string? AnyDigits(int digits) => digits == 0 ? null : Gbnf.Times("[0-9]", 1, digits);

    private static string Rest(string digits) => digits.Length > 0 ? digits[1..] : "";

    private static string? After(char digit, FractionRule rest) => (rest.MayBeEmpty, rest.Digits) switch
    {
        (false, null) => null,
        (true, null) => $"\"{digit}\"",
        (false, _) => $"\"{digit}\" {rest.Digits}",
        (true, _) => $"\"{digit}\" ({rest.Digits})?",
    };

    /// <summary>One digit strictly between two characters, then any.</summary>
    private static string? Between(char low, char high, int digits) =>
        low + 1 > high - 1 ? null : $"[{(char)(low + 1)}-{(char)(high - 1)}] {Gbnf.Times("[0-9]", 0, digits)}";
}

/// <summary>Digits behind a point.</summary>
/// <param name="MayBeEmpty">Whether point and digits may be absent.</param>
/// <param name="Digits">At least one digit; null when there can be none.</param>
internal readonly record struct FractionRule(bool MayBeEmpty, string? Digits)
{
    /// <summary>With the point; null when nothing fits.</summary>
    public string? Write() => (MayBeEmpty, Digits) switch
    {
        (false, null) => null,
        (true, null) => "\"\"",
        (false, _) => $"\".\" {Digits}",
        (true, _) => $"(\".\" {Digits})?",
    };
}
