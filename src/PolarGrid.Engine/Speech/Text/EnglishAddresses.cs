using System.Text;
using System.Text.RegularExpressions;

namespace PolarGrid.Engine.Speech.Text;

/// <summary>Reads web addresses, mail addresses and file names sign by sign.</summary>
internal static partial class EnglishAddresses
{
    public static string Read(string text)
    {
        text = Web().Replace(text, static match => Spell(match.Value));
        text = Mail().Replace(text, static match => Spell(match.Value));
        return Dotted().Replace(text, static match => Spell(match.Value));
    }

    private static string Spell(string address)
    {
        // What stands before "://" is not read aloud, nor the slash at the end.
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        var body = (scheme >= 0 ? address[(scheme + 3)..] : address).TrimEnd('/');
        var ending = "";
        while (body.Length > 0 && body[^1] is '.' or ',' or '!' or '?' or ':' or ';' or ')' or '\'' or '"')
        {
            ending = body[^1] + ending;
            body = body[..^1];
        }

        var words = new StringBuilder();
        foreach (var c in body) words.Append(Name(c) is { } name ? $" {name} " : c.ToString());
        return words.Append(ending).ToString().Replace("www dot", "w w w dot", StringComparison.OrdinalIgnoreCase);
    }

    private static string? Name(char sign) => sign switch
    {
        '.' => "dot",
        '/' => "slash",
        '@' => "at",
        '-' => "dash",
        '_' => "underscore",
        '?' => "question mark",
        '=' => "equals",
        '&' => "and",
        '#' => "hash",
        ':' => "colon",
        '%' => "percent",
        '+' => "plus",
        '~' => "tilde",
        _ => null,
    };

    [GeneratedRegex("(?:https?|ftp|wss?)://[^\\s<>\"]{1,2000}|\\bwww\\.[^\\s<>\"]{1,2000}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Web();

    [GeneratedRegex(@"\b[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}", RegexOptions.CultureInvariant)]
    private static partial Regex Mail();

    // example.com, example.com/path, report.txt, node.js; not e.g. or U.S., whose parts are single letters, nor two sentences without a space.
    [GeneratedRegex(@"\b[A-Za-z][A-Za-z0-9_-]+(?:\.[A-Za-z][A-Za-z0-9_-]*){0,4}\.[a-z][a-z0-9]{1,5}\b(?:/[^\s<>""]{0,500})?", RegexOptions.CultureInvariant)]
    private static partial Regex Dotted();
}
