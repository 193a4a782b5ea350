using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace PolarGrid.Engine.Speech.Text;

/// <summary>Signs and abbreviations as words.</summary>
internal static partial class EnglishSigns
{
    private static readonly FrozenDictionary<char, string> Names = new Dictionary<char, string>
    {
        ['&'] = "and", ['@'] = "at", ['+'] = "plus", ['='] = "equals", ['#'] = "hash", ['%'] = "percent", ['\\'] = "backslash",
        ['\u00B0'] = "degrees", ['\u00D7'] = "times", ['\u00F7'] = "divided by", ['\u00B1'] = "plus or minus", ['\u2248'] = "about",
        ['\u2260'] = "is not", ['\u2264'] = "at most", ['\u2265'] = "at least", ['\u221E'] = "infinity", ['\u221A'] = "the square root of",
        ['\u00A9'] = "copyright", ['\u00AE'] = "registered", ['\u2122'] = "trademark", ['\u00A7'] = "section", ['\u2030'] = "per mille",
        ['\u20AC'] = "euros", ['\u00A3'] = "pounds", ['\u00A5'] = "yen", ['\u00A2'] = "cents", ['$'] = "dollars", ['\u00B5'] = "micro",
        ['\u00B2'] = "squared", ['\u00B3'] = "cubed", ['\u00BD'] = "one half", ['\u00BC'] = "one quarter", ['\u00BE'] = "three quarters",
        ['\u2153'] = "one third", ['\u2154'] = "two thirds", ['\u2116'] = "number",
        ['\u03B1'] = "alpha", ['\u03B2'] = "beta", ['\u03B3'] = "gamma", ['\u03B4'] = "delta", ['\u0394'] = "delta", ['\u03B5'] = "epsilon",
        ['\u03B8'] = "theta", ['\u03BB'] = "lambda", ['\u03BC'] = "mu", ['\u03C0'] = "pi", ['\u03C3'] = "sigma", ['\u03A3'] = "sigma",
        ['\u03C6'] = "phi", ['\u03C9'] = "omega", ['\u03A9'] = "omega",
    }.ToFrozenDictionary();

    /// <summary>A dash between words is a pause; one between numbers stays for <see cref="EnglishNumbers"/>.</summary>
    public static string Dashes(string text) => DashPause().Replace(text, ", ");

    public static string Read(string text)
    {
        text = Abbreviations().Replace(text, static match => match.Value[0] switch
        {
            'e' or 'E' => "for example",
            'i' or 'I' => "that is",
            'v' or 'V' => "versus",
            _ => "approximately",
        });
        text = About().Replace(text, "about ");
        text = Placeholder().Replace(text, " $1 ");
        text = Less().Replace(text, " less than ");
        text = Greater().Replace(text, " greater than ");
        text = Times().Replace(text, " times ");
        text = Either().Replace(text, "$1 or ");
        text = Fraction().Replace(text, "$1 over $2");
        text = Slash().Replace(text, " slash ");
        var words = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '%' && i > 0 && char.IsAsciiDigit(text[i - 1])) words.Append(" percent ");
            else if (c is >= '\u0370' and <= '\u03FF' && !StandsAlone(text, i)) words.Append(c);
            else if (Names.TryGetValue(c, out var name)) words.Append(' ').Append(name).Append(' ');
            else words.Append(c);
        }

        return words.ToString();
    }

    /// <summary>Drops the signs that have no sound and sets spaces as a voice expects them.</summary>
    public static string Tidy(string ascii)
    {
        ascii = Silent().Replace(ascii, " ");
        ascii = Spaces().Replace(ascii, " ");
        ascii = SpaceBeforeStop().Replace(ascii, "$1");
        return DoubleStop().Replace(ascii, "$1").Trim(' ', ',', ';', '-');
    }

    private static bool StandsAlone(string text, int at) =>
        (at == 0 || !char.IsLetter(text[at - 1])) && (at + 1 == text.Length || !char.IsLetter(text[at + 1]));

    [GeneratedRegex(@" ?\u2014 ?| [\u2013\u2015] | -{1,2} |(?<=\p{L})--(?=\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex DashPause();

    [GeneratedRegex(@"\b(?:e\.g\.|i\.e\.|vs\.|approx\.)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Abbreviations();

    [GeneratedRegex(@"~ ?(?=[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex About();

    // "Dear <your name>", not "a <b and c> d".
    [GeneratedRegex(@"<(?![^<>]{0,80}\b(?:and|or)\b)([A-Za-z][\w .'-]{0,80})>", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@" ?<(?![-=<]) ?(?=[\w.])", RegexOptions.CultureInvariant)]
    private static partial Regex Less();

    [GeneratedRegex(@"(?<=[\w)]) ?(?<![-=>])>(?![=>]) ?(?=[\w.])", RegexOptions.CultureInvariant)]
    private static partial Regex Greater();

    [GeneratedRegex(@"(?<=[0-9)]) ?\* ?(?=[0-9(])", RegexOptions.CultureInvariant)]
    private static partial Regex Times();

    [GeneratedRegex(@"\b(and)/(?=or\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Either();

    // The voice itself says halves, thirds and quarters.
    [GeneratedRegex(@"(?<![\w/.])([0-9]+)/([0-9]{2,})(?![\w/])", RegexOptions.CultureInvariant)]
    private static partial Regex Fraction();

    [GeneratedRegex(@"(?<=[A-Za-z]) ?/ ?(?=[A-Za-z0-9])|(?<=[0-9])/(?=[A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Slash();

    [GeneratedRegex(@"[*_^~`|{}\[\]<>""]|(?<![0-9])/|/(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Silent();

    [GeneratedRegex(" {2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex(@" +([.,;:!?)])", RegexOptions.CultureInvariant)]
    private static partial Regex SpaceBeforeStop();

    [GeneratedRegex(@"([,;:])(?: ?[,;:])+", RegexOptions.CultureInvariant)]
    private static partial Regex DoubleStop();
}
