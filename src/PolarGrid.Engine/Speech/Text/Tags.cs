using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace PolarGrid.Engine.Speech.Text;

/// <summary>
/// Takes tags away and leaves their words. Angle brackets are a tag where the name is one of HTML or SSML, or where only markup is
/// written so: with a value, closing itself, closed later. "Dear &lt;Name&gt;" and "a &lt;b and c&gt; d" stay.
/// </summary>
internal static partial class Tags
{
    private static readonly FrozenSet<string> Breaking = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "hr", "blockquote", "pre");

    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        // HTML
        "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "big", "body", "button", "caption", "center", "cite", "code",
        "col", "colgroup", "dd", "del", "details", "dfn", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "form", "head", "header",
        "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "link", "main", "meta", "nav", "ol", "option", "picture", "q", "rp",
        "rt", "ruby", "s", "samp", "script", "section", "select", "small", "source", "span", "strike", "strong", "style", "sub", "summary",
        "sup", "svg", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "time", "title", "tt", "u", "ul", "video", "wbr",
        // SSML
        "break", "desc", "emphasis", "lang", "lexicon", "lookup", "mark", "metadata", "paragraph", "phoneme", "prosody", "say-as",
        "sentence", "speak", "token", "voice", "w");

    // Attributes that stand without a value.
    private static readonly FrozenSet<string> Flags = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "/", "async", "autoplay", "checked", "controls", "defer", "disabled", "hidden", "loop", "muted", "open", "readonly", "required",
        "reversed", "selected");

    public static string Strip(string text)
    {
        if (!text.Contains('<', StringComparison.Ordinal)) return text;
        var closed = Tag().Matches(text).Where(static match => match.Groups["close"].Length > 0).Select(NameOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        text = Declaration().Replace(text, "");
        return Tag().Replace(text, match => !IsTag(match, closed) ? match.Value : Breaking.Contains(NameOf(match)) ? "\n" : "");
    }

    private static bool IsTag(Match match, HashSet<string> closed)
    {
        var attributes = match.Groups["attributes"].Value;
        if (match.Groups["close"].Length > 0 || attributes.EndsWith('/') || attributes.Contains('=', StringComparison.Ordinal)) return true;
        var name = NameOf(match);
        return (Known.Contains(name) || Breaking.Contains(name) || closed.Contains(name))
            && attributes.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).All(Flags.Contains);
    }

    private static string NameOf(Match match) => match.Groups["name"].Value;

    [GeneratedRegex("<(?<close>/?)(?<name>[A-Za-z][A-Za-z0-9:_-]{0,30})(?<attributes>(?:\\s[^<>]{0,300})?/?)>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex("<[?]xml[^<>]{0,300}>|<!DOCTYPE[^<>]{0,300}>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
