using System.Globalization;
using System.Text;
using PolarGrid.Engine.Templates.Runtime;

namespace PolarGrid.Engine.Templates.Syntax;

/// <summary>The escapes of Python's string literals. An unknown one keeps its backslash.</summary>
internal static class StringEscapes
{
    public static string Resolve(string contents, int position)
    {
        var result = new StringBuilder(contents.Length);
        for (var i = 0; i < contents.Length; i++)
        {
            if (contents[i] != '\\' || i + 1 == contents.Length)
            {
                result.Append(contents[i]);
                continue;
            }

            i++;
            switch (contents[i])
            {
                case 'n': result.Append('\n'); break;
                case 't': result.Append('\t'); break;
                case 'r': result.Append('\r'); break;
                case 'a': result.Append('\a'); break;
                case 'b': result.Append('\b'); break;
                case 'f': result.Append('\f'); break;
                case 'v': result.Append('\v'); break;
                case '\\' or '\'' or '"': result.Append(contents[i]); break;
                case '\n': break;
                case 'x': AppendHex(result, contents, ref i, 2, position); break;
                case 'u': AppendHex(result, contents, ref i, 4, position); break;
                case 'U': AppendHex(result, contents, ref i, 8, position); break;
                case >= '0' and <= '7': AppendOctal(result, contents, ref i); break;
                default: result.Append('\\').Append(contents[i]); break;
            }
        }

        return result.ToString();
    }

    private static void AppendHex(StringBuilder result, string contents, ref int i, int digits, int position)
    {
        if (i + digits >= contents.Length
            || !uint.TryParse(contents.AsSpan(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || code > 0x10FFFF)
            throw TemplateFault.Syntax($"The escape \\{contents[i]} in the string needs {digits} hexadecimal digits of a character.", position);
        if (code <= 0xFFFF) result.Append((char)code);
        else result.Append(char.ConvertFromUtf32((int)code));
        i += digits;
    }

    private static void AppendOctal(StringBuilder result, string contents, ref int i)
    {
        var (code, start) = (0, i);
        while (i < contents.Length && i < start + 3 && contents[i] is >= '0' and <= '7') code = (code * 8) + (contents[i++] - '0');
        i--;
        result.Append((char)code);
    }
}
