using System.Globalization;
using System.Text.RegularExpressions;

namespace PolarGrid.Engine.Speech.Text;

/// <summary>Money, dates, times, years, units and versions as words; most numbers in them stay digits.</summary>
internal static partial class EnglishNumbers
{
    private static readonly (string Sign, string One, string Many, string? Hundredth)[] Currencies =
    [
        ("US$", "dollar", "dollars", "cents"), ("$", "dollar", "dollars", "cents"), ("\u20AC", "euro", "euros", "cents"),
        ("\u00A3", "pound", "pounds", "pence"), ("\u00A5", "yen", "yen", null), ("\u20B9", "rupee", "rupees", "paise"),
        ("\u20A9", "won", "won", null), ("\u20BD", "rouble", "roubles", "kopecks"), ("\u20BF", "bitcoin", "bitcoins", null),
    ];

    public static string Read(string text)
    {
        if (!text.Any(char.IsAsciiDigit)) return text;
        text = RangeDash().Replace(text, " to ");
        text = Minus().Replace(text, "minus ");
        text = MoneyBefore().Replace(text, static match => Money(match));
        text = MoneyBehind().Replace(text, static match => Money(match));
        text = IsoDate().Replace(text, static match => Date(match, match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value));
        text = SlashDate().Replace(text, static match => Slashed(match));
        text = Clock().Replace(text, static match => Time(match));
        text = Versions().Replace(text, static match => match.Value.Replace(".", " point ", StringComparison.Ordinal));
        text = Units().Replace(text, static match => Unit(match));
        text = Decade().Replace(text, static match => EnglishYears.DecadeOf(match.Groups[1].Value, match.Groups[2].Value));
        text = Year().Replace(text, static match => EnglishYears.NameOf(match.Value));
        return NumberSign().Replace(text, "number $1");
    }

    private static string Money(Match match)
    {
        var (_, one, many, hundredth) = Array.Find(Currencies, currency => currency.Sign == match.Groups["sign"].Value);
        var whole = match.Groups["whole"].Value;
        var part = match.Groups["part"].Value;
        var scale = match.Groups["scale"].Value;
        if (scale.Length > 0) return $"{whole}{(part.Length > 0 ? "." + part : "")} {Scale(scale)} {many}";
        if (part.Length is not (0 or 2) || (part.Length == 2 && hundredth is null)) return $"{whole}.{part} {many}";
        var units = $"{whole} {(whole == "1" ? one : many)}";
        if (part is "" or "00") return units;
        var cents = part.TrimStart('0');
        var small = $"{cents} {(cents == "1" ? Singular(hundredth!) : hundredth)}";
        return whole == "0" ? small : $"{units} and {small}";
    }

    private static string Singular(string hundredth) => hundredth switch
    {
        "cents" => "cent",
        "pence" => "penny",
        "paise" => "paisa",
        _ => "kopeck",
    };

    private static string Scale(string scale) => scale.ToLowerInvariant() switch
    {
        "k" => "thousand",
        "m" => "million",
        "b" or "bn" => "billion",
        "tn" => "trillion",
        var word => word,
    };

    private static string Date(Match match, string year, string month, string day) =>
        DateOnly.TryParseExact($"{year}-{month}-{day}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("MMMM d, ", CultureInfo.InvariantCulture) + EnglishYears.NameOf(year)
            : match.Value;

    /// <summary>Month first, as in American English, unless only day first is a date.</summary>
    private static string Slashed(Match match)
    {
        var (first, second, year) = (match.Groups[1].Value.PadLeft(2, '0'), match.Groups[2].Value.PadLeft(2, '0'), match.Groups[3].Value);
        var american = Date(match, year, first, second);
        return american != match.Value ? american : Date(match, year, second, first);
    }

    private static string Time(Match match)
    {
        var (hour, minute) = (match.Groups[1].Value, match.Groups[2].Value);
        var half = match.Groups[3].Value.Replace(".", "", StringComparison.Ordinal).ToUpperInvariant();
        var time = (minute, half.Length > 0) switch
        {
            ("00", true) => hour,
            ("00", false) => int.Parse(hour, CultureInfo.InvariantCulture) is > 0 and < 13 ? $"{hour} o'clock" : $"{hour} hundred",
            _ => $"{hour}:{minute}",
        };
        return half.Length > 0 ? $"{time} {half[0]} {half[1]}" : time;
    }

    private static string Unit(Match match)
    {
        var number = match.Groups[1].Value;
        var name = EnglishUnits.NameOf(match.Groups[2].Value, isOne: number == "1");
        return name is null ? match.Value : $"{number} {name}";
    }

    [GeneratedRegex(@"(?<sign>US\$|[$\u20AC\u00A3\u00A5\u20B9\u20A9\u20BD\u20BF]) ?(?<whole>[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}|[0-9]+)(?:\.(?<part>[0-9]+)|,(?<part>[0-9]{2})(?![0-9]|,[0-9]))?(?: ?(?<scale>thousand|million|billion|trillion|[kKmM]|bn|tn|B)\b)?", RegexOptions.CultureInvariant)]
    private static partial Regex MoneyBefore();

    [GeneratedRegex(@"(?<![0-9.,])(?<whole>[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}|[0-9]+)(?:\.(?<part>[0-9]+)|,(?<part>[0-9]{2})(?![0-9]|,[0-9]))?(?: (?<scale>thousand|million|billion|trillion))? ?(?<sign>[\u20AC\u00A3\u00A5\u20B9\u20A9\u20BD\u20BF])", RegexOptions.CultureInvariant)]
    private static partial Regex MoneyBehind();

    [GeneratedRegex(@"(?<![0-9-])([12][0-9]{3})-([0-9]{2})-([0-9]{2})(?![0-9-])", RegexOptions.CultureInvariant)]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"(?<![0-9/])([0-9]{1,2})/([0-9]{1,2})/([12][0-9]{3})(?![0-9/])", RegexOptions.CultureInvariant)]
    private static partial Regex SlashDate();

    [GeneratedRegex(@"(?<![0-9:.])([01]?[0-9]|2[0-3]):([0-5][0-9])(?![0-9:])(?: ?([AaPp]\.?[Mm]\b\.?))?", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex(@"(?<![\w.])v?[0-9]+(?:\.[0-9]+){2,8}(?![\w.]*\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Versions();

    [GeneratedRegex(@"(?<![\w.]|[0-9],)([0-9][0-9,]*(?:\.[0-9]+)?) ?(\u00B0 ?[CFK]?|[\u00B5\u03BC]?[A-Za-z]{1,4}(?:/[A-Za-z]{1,3})?[\u00B2\u00B3]?)(?![\w/])", RegexOptions.CultureInvariant)]
    private static partial Regex Units();

    [GeneratedRegex(@"(?<![\w.,])(1[1-9]|20)([1-9])0'?s\b", RegexOptions.CultureInvariant)]
    private static partial Regex Decade();

    // Four digits without a comma: more often a year than a count, and a count is understood too.
    [GeneratedRegex(@"(?<![\w.,$:/-])(?:1[1-9][0-9][0-9]|20[0-9][0-9])(?![\w%/:]|[.,-][0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Year();

    [GeneratedRegex(@"(?<=[0-9]) ?[\u2013\u2014] ?(?=[$\u20AC\u00A3\u00A5]?[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex RangeDash();

    // A hyphen behind a word or a number joins; one in front of a number alone is its sign.
    [GeneratedRegex(@"(?<![\w.,:/)\]%$\u20AC\u00A3\u00A5-])[-\u2013](?=(?:US\$|[$\u20AC\u00A3\u00A5])?\.?[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Minus();

    [GeneratedRegex(@"(?:#|\bNo\. ?|\bno\. )([0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex NumberSign();
}
