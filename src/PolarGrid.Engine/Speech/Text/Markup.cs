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
        text = BreakTag().Replace(text, "\n");
        text = Tag().Replace(text, "");
        text = Entity().Replace(text, static match => EntityText(match.Value));
        text = Link().Replace(text, "$1");
        text = Rule().Replace(text, "");
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

    [GeneratedRegex("^ {0,3}(```|~~~)[^\n`]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Fence();

    [GeneratedRegex("<!--.{0,2000}?-->", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex("</?(?:br|p|div|li|h[1-6]|tr)(?: [^<>\n]{0,200})?/?>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BreakTag();

    [GeneratedRegex("</?[A-Za-z][A-Za-z0-9:-]{0,30}(?:\\s[^<>]{0,300})?/?>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex("&(?:amp|lt|gt|quot|apos|nbsp|#39);", RegexOptions.CultureInvariant)]
    private static partial Regex Entity();

    // The words of a link or a picture; where it leads is not spoken.
    [GeneratedRegex(@"!?\[([^\[\]\n]{1,300})\]\([^()\s]{1,1000}(?: ""[^""\n]{0,200}"")?\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    // Lines that only draw: rules, underlines of headings, the second row of a table.
    [GeneratedRegex(@"^[ \t]*(?:[-=*_]{3,}|\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?)[ \t]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Rule();

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
