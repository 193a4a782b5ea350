using System.Globalization;
using System.Text;

namespace PolarGrid.Engine.Schemas;

/// <summary>Writes pieces of GBNF. Every result can stand beside others or before a repetition.</summary>
internal static class Gbnf
{
    /// <summary>What separates items: a small model may set one space, never a line or more.</summary>
    public const string Comma = "\",\" \" \"?", Colon = "\":\" \" \"?";

    /// <summary>A literal that matches exactly this text.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder(text.Length + 2).Append('"');
        foreach (var letter in text)
        {
            if (letter is '"' or '\\') literal.Append('\\').Append(letter);
            else if (letter is < ' ' or '\x7F') literal.Append(CultureInfo.InvariantCulture, $"\\x{(int)letter:X2}");
            else literal.Append(letter);
        }

        return literal.Append('"').ToString();
    }

    /// <summary>The text as a JSON string, escaped as little as JSON allows.</summary>
    public static string JsonText(string text)
    {
        var json = new StringBuilder(text.Length + 2).Append('"');
        foreach (var letter in text)
        {
            json.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                < ' ' or '\x7F' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => letter.ToString(),
            });
        }

        return json.Append('"').ToString();
    }

    /// <summary>One of these; null when there are none.</summary>
    public static string? OneOf(IEnumerable<string?> options)
    {
        var some = options.OfType<string>().Distinct().ToList();
        return some.Count switch
        {
            0 => null,
            1 => some[0],
            _ => $"({string.Join(" | ", some)})",
        };
    }

    /// <param name="item">One item, or several in parentheses.</param>
    /// <param name="most">Null for any number.</param>
    public static string Times(string item, long least, long? most) => (least, most) switch
    {
        (_, 0) => "\"\"",
        (1, 1) => item,
        (0, 1) => item + "?",
        (0, null) => item + "*",
        (1, null) => item + "+",
        (_, null) => string.Create(CultureInfo.InvariantCulture, $"{item}{{{least},}}"),
        _ when least == most => string.Create(CultureInfo.InvariantCulture, $"{item}{{{least}}}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{item}{{{least},{most}}}"),
    };

    /// <summary>One character as it is written inside a class.</summary>
    public static string ClassCharacter(int codePoint) => codePoint switch
    {
        '\\' or ']' or '[' or '"' => $"\\{(char)codePoint}",
        '^' or '-' or < 0x20 or 0x7F => string.Create(CultureInfo.InvariantCulture, $"\\x{codePoint:X2}"),
        < 0x7F => ((char)codePoint).ToString(),
        <= 0xFFFF => string.Create(CultureInfo.InvariantCulture, $"\\u{codePoint:X4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\U{codePoint:X8}"),
    };
}
