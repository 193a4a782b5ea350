using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>Flags, width, precision and type of one <c>%-08.3f</c>.</summary>
internal readonly record struct FormatSpec(char Type, int Width, int? Precision, bool IsLeft, bool IsZeroFilled, bool HasPlus)
{
    private const int MaxNumber = 1_000_000;

    public static FormatSpec Read(string text, ref int i)
    {
        var (left, zero, plus) = (false, false, false);
        for (; i < text.Length && text[i] is '-' or '0' or '+' or ' ' or '#'; i++)
        {
            left |= text[i] == '-';
            zero |= text[i] == '0';
            plus |= text[i] == '+';
        }

        var width = Number(text, ref i) ?? 0;
        int? precision = null;
        if (i < text.Length && text[i] == '.')
        {
            i++;
            precision = Number(text, ref i) ?? 0;
        }

        if (i >= text.Length) throw TemplateFault.Evaluation("The format ends in the middle of a placeholder.");
        return new FormatSpec(text[i++], width, precision, left, zero && !left, plus);
    }

    private static int? Number(string text, ref int i)
    {
        int? number = null;
        for (; i < text.Length && char.IsAsciiDigit(text[i]); i++)
        {
            number = ((number ?? 0) * 10) + (text[i] - '0');
            if (number > MaxNumber) throw TemplateFault.Evaluation($"A width in a format cannot be above {MaxNumber}.");
        }

        return number;
    }
}
