using System.Globalization;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

internal static class NumberFilters
{
    private const int MostDigits = 15;

    public static TemplateValue Integer(RenderContext context, TemplateValue value, Arguments arguments)
    {
        arguments.Allow("int", "default", "base");
        var fallback = arguments.Find(0, "default") ?? IntegerValue.Of(0);
        var @base = arguments.FindInteger(1, "base", "int") ?? 10;
        if (Numeric.TryRead(value, out var number)) return number.IsInteger ? IntegerValue.Of(number.Integer) : Truncate(number.AsDouble, fallback);
        if (value is not StringValue text) return fallback;
        var digits = text.Text.Trim().Replace("_", string.Empty, StringComparison.Ordinal);
        if (@base == 10 && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return IntegerValue.Of(whole);
        if (@base != 10) return ParseInBase(digits, @base) is { } parsed ? IntegerValue.Of(parsed) : fallback;
        return TryParseFloat(digits, out var real) ? Truncate(real, fallback) : fallback;
    }

    public static TemplateValue Float(RenderContext context, TemplateValue value, Arguments arguments)
    {
        arguments.Allow("float", "default");
        if (Numeric.TryRead(value, out var number)) return new FloatValue(number.AsDouble);
        return value is StringValue text && TryParseFloat(text.Text.Trim(), out var real)
            ? new FloatValue(real)
            : arguments.Find(0, "default") ?? new FloatValue(0);
    }

    public static TemplateValue Absolute(RenderContext context, TemplateValue value, Arguments arguments)
    {
        if (!Numeric.TryRead(value, out var number)) throw NotNumber("abs", value);
        if (!number.IsInteger) return new FloatValue(Math.Abs(number.AsDouble));
        return number.Integer < 0 ? Arithmetic.Sign(value, isMinus: true) : IntegerValue.Of(number.Integer);
    }

    /// <summary>Gives an integer for an integer and else a float, as Python's <c>round</c> with a precision does.</summary>
    public static TemplateValue Round(RenderContext context, TemplateValue value, Arguments arguments)
    {
        arguments.Allow("round", "precision", "method");
        if (!Numeric.TryRead(value, out var number)) throw NotNumber("round", value);
        var precision = Math.Clamp(arguments.FindInteger(0, "precision", "round") ?? 0, -MostDigits, MostDigits);
        var method = arguments.FindText(1, "method", "round")?.Text ?? "common";
        if (method == "common" && number.IsInteger && precision >= 0) return IntegerValue.Of(number.Integer);
        var scale = Math.Pow(10, precision);
        var scaled = number.AsDouble * scale;
        return new FloatValue(method switch
        {
            "common" when precision >= 0 => Math.Round(number.AsDouble, (int)precision, MidpointRounding.ToEven),
            "common" => Math.Round(scaled, MidpointRounding.ToEven) / scale,
            "ceil" => Math.Ceiling(scaled) / scale,
            "floor" => Math.Floor(scaled) / scale,
            _ => throw TemplateFault.Evaluation($"round knows the methods common, ceil and floor, not '{method}'."),
        });
    }

    private static TemplateValue Truncate(double value, TemplateValue fallback)
    {
        var whole = Math.Truncate(value);
        return whole is >= -9.2e18 and <= 9.2e18 ? IntegerValue.Of((long)whole) : fallback;
    }

    private static long? ParseInBase(string text, long @base)
    {
        if (@base is < 2 or > 36) return null;
        var isNegative = text.StartsWith('-');
        var digits = text.TrimStart('-', '+').ToLowerInvariant();
        if (digits.Length > 2 && digits[0] == '0' && (@base, digits[1]) is (16, 'x') or (8, 'o') or (2, 'b')) digits = digits[2..];
        if (digits.Length is 0 or > 64) return null;
        decimal result = 0;
        foreach (var character in digits)
        {
            var digit = char.IsAsciiDigit(character) ? character - '0' : char.IsAsciiLetterLower(character) ? character - 'a' + 10 : 99;
            if (digit >= @base) return null;
            result = (result * @base) + digit;
            if (result > long.MaxValue) return null;
        }

        return (long)(isNegative ? -result : result);
    }

    private static bool TryParseFloat(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static TemplateFault NotNumber(string filter, TemplateValue value) =>
        TemplateFault.Evaluation($"The filter '{filter}' needs a number, not {ValueComparison.Describe(value)}.");
}
