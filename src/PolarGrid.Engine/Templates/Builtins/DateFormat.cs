using System.Globalization;
using PolarGrid.Engine.Templates.Runtime;
using PolarGrid.Engine.Templates.Values;

namespace PolarGrid.Engine.Templates.Builtins;

/// <summary>C's <c>strftime</c> in the C locale.</summary>
internal static class DateFormat
{
    public static StringValue Apply(RenderContext context, StringValue format, DateTimeOffset time)
    {
        var builder = new TextBuilder(context);
        var text = format.Text;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%' || i + 1 == text.Length)
            {
                builder.Append(format, i, 1);
                continue;
            }

            i++;
            var code = text[i];
            var plain = code == '-' && i + 1 < text.Length;
            if (plain) code = text[++i];
            var part = Part(time, code) ?? (plain ? $"%-{code}" : $"%{code}");
            if (plain) part = part.TrimStart('0') is { Length: > 0 } short_ ? short_ : "0";
            builder.Append(part, trusted: false);
        }

        return builder.ToValue();
    }

    private static string? Part(DateTimeOffset time, char code) => code switch
    {
        'Y' => Write(time, "yyyy"),
        'y' => Write(time, "yy"),
        'm' => Write(time, "MM"),
        'd' => Write(time, "dd"),
        'e' => time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        'H' => Write(time, "HH"),
        'I' => Write(time, "hh"),
        'M' => Write(time, "mm"),
        'S' => Write(time, "ss"),
        'f' => Write(time, "ffffff"),
        'p' => Write(time, "tt"),
        'A' => Write(time, "dddd"),
        'a' => Write(time, "ddd"),
        'B' => Write(time, "MMMM"),
        'b' or 'h' => Write(time, "MMM"),
        'j' => time.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        'u' => (time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        'w' => ((int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        'F' => Write(time, "yyyy-MM-dd"),
        'T' or 'X' => Write(time, "HH:mm:ss"),
        'R' => Write(time, "HH:mm"),
        'D' or 'x' => Write(time, "MM/dd/yy"),
        'c' => Write(time, "ddd MMM ") + time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2) + Write(time, " HH:mm:ss yyyy"),
        's' => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        'n' => "\n",
        't' => "\t",
        '%' => "%",
        'z' or 'Z' => string.Empty,
        _ => null,
    };

    private static string Write(DateTimeOffset time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
