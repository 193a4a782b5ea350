using System.Text;
using System.Text.RegularExpressions;

namespace PolarGrid.Engine.Speech.Text;

/// <summary>Takes the signs of Markdown and of tags away and leaves their words.</summary>
internal static partial class Markup
{
    public static string Strip(string text)
    {
        if (text.IndexOfAny(['<', '*', '_', '`', '#', '[', '|', '>', '~', '&', '-', '=']) < 0) return text;
        text = Fence().Replace(text, "");
        text = Comment().Replace(text, " ");
        text = Tags.Strip(text);
        text = Entity().Replace(text, static match => EntityText(match.Value));
        text = Link().Replace(text, "$1");
        text = WithoutDrawing(text);
        text = LineStart().Replace(text, "");
        text = Emphasis().Replace(text, "");
        return TableBar().Replace(TableEdge().Replace(text, ""), ", ");
    }

    private static string EntityText(string entity) => entity switch
    {
        "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" => "\"",
        "&apos;" or "&#39;" => "'",
        _ => " ",
    };

    /// <summary>Empties lines that only draw. By hand: the same as a pattern takes time in the cube of a line's spaces.</summary>
    private static string WithoutDrawing(string text)
    {
        if (text.IndexOfAny(['-', '=', '*', '_']) < 0) return text;
        var kept = new StringBuilder(text.Length);
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range);
            if (kept.Length > 0 || range.Start.Value > 0) kept.Append('\n');
            if (!IsDrawn(line.Trim(" \t\r"))) kept.Append(line);
        }

        return kept.ToString();
    }

    /// <summary>Rules, underlines of headings, the second row of a table.</summary>
    private static bool IsDrawn(ReadOnlySpan<char> line)
    {
        if (line.Length >= 3 && !line.ContainsAnyExcept("-=*_")) return true;
        if (line.StartsWith('|')) line = line[1..];
        if (line.EndsWith('|')) line = line[..^1];
        foreach (var range in line.Split('|'))
        {
            var cell = line[range].Trim(" \t");
            if (cell.StartsWith(':')) cell = cell[1..];
            if (cell.EndsWith(':')) cell = cell[..^1];
            if (cell.Length < 2 || cell.ContainsAnyExcept('-')) return false;
        }

        return true;
    }

    [GeneratedRegex("^ {0,3}(```|~~~)[^\n`]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Fence();

    [GeneratedRegex("<!--.{0,2000}?-->", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex("&(?:amp|lt|gt|quot|apos|nbsp|#39);", RegexOptions.CultureInvariant)]
    private static partial Regex Entity();

    // The words of a link or a picture; where it leads is not spoken.
    [GeneratedRegex(@"!?\[([^\[\]\n]{1,300})\]\([^()\s]{1,1000}(?: ""[^""\n]{0,200}"")?\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    // Heading signs and quote signs; the signs of lists are needed by Lines.
    [GeneratedRegex("^[ \t]{0,3}(?:#{1,6} +|(?:> ?)+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex LineStart();

    [GeneratedRegex(@"\*\*|__|~~|`+|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=\w)|(?<=\w)_(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"^[ \t]*\||\|[ \t]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex TableEdge();

    [GeneratedRegex(@"[ \t]*\|[ \t]*", RegexOptions.CultureInvariant)]
    private static partial Regex TableBar();
}
