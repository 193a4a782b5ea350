namespace PolarGrid.Engine.Schemas.Texts;

/// <summary>
/// The text formats of JSON Schema as rules for what stands between the quotes. Where a format allows rare forms, these rules write the
/// common ones only; everything they write is of the format.
/// </summary>
internal static class TextFormats
{
    private const string Year = "[1-9] [0-9]{3}";
    private const string LeapYear =
        "([1-9] [0-9] (\"0\" [48] | [2468] [048] | [13579] [26]) | ([2468] [048] | [13579] [26]) \"00\")";
    private const string Date =
        $"({Year} \"-\" ((\"0\" [13578] | \"1\" [02]) \"-\" (\"0\" [1-9] | [12] [0-9] | \"3\" [01])"
        + " | (\"0\" [469] | \"11\") \"-\" (\"0\" [1-9] | [12] [0-9] | \"30\")"
        + $" | \"02-\" (\"0\" [1-9] | \"1\" [0-9] | \"2\" [0-8])) | {LeapYear} \"-02-29\")";
    private const string Clock = "([01] [0-9] | \"2\" [0-3]) \":\" [0-5] [0-9]";
    // No place on earth is fourteen hours or more away from UTC but one, and many readers refuse more.
    private const string Offset = "[-+] (\"0\" [0-9] | \"1\" [0-3]) \":\" [0-5] [0-9]";
    private const string Time = $"{Clock} \":\" [0-5] [0-9] (\".\" [0-9]{{1,6}})? (\"Z\" | {Offset})";
    private const string Count = "[0-9]{1,4}";
    private const string DayTime = $"\"T\" ({Count} \"H\" ({Count} \"M\" ({Count} \"S\")?)? | {Count} \"M\" ({Count} \"S\")? | {Count} \"S\")";
    private const string DatePart = $"({Count} \"Y\" ({Count} \"M\" ({Count} \"D\")?)? | {Count} \"M\" ({Count} \"D\")? | {Count} \"D\")";
    private const string Label = "[a-zA-Z0-9] ([-a-zA-Z0-9]{0,30} [a-zA-Z0-9])?";
    private const string Host = $"{Label} (\".\" {Label}){{0,6}}";
    private const string Octet = "(\"25\" [0-5] | \"2\" [0-4] [0-9] | \"1\" [0-9] [0-9] | [1-9]? [0-9])";
    private const string Hex = "[0-9a-fA-F]", Group = "[0-9a-fA-F]{1,4}";
    private const string UrlCharacter = "([-a-zA-Z0-9._~!$&'()*+,;=:@] | \"%\" [0-9a-fA-F]{2})";

    private static readonly Dictionary<string, TextFormat> Known = new(StringComparer.Ordinal)
    {
        ["date"] = new(Date, 10, 10),
        ["time"] = new(Time, 9, 21),
        ["date-time"] = new($"{Date} \"T\" {Time}", 20, 32),
        ["duration"] = new($"\"P\" ({DatePart} ({DayTime})? | {DayTime} | {Count} \"W\")", 3, 32),
        ["uuid"] = new($"{Hex}{{8}} \"-\" {Hex}{{4}} \"-\" {Hex}{{4}} \"-\" {Hex}{{4}} \"-\" {Hex}{{12}}", 36, 36),
        ["email"] = Mail,
        ["idn-email"] = Mail,
        ["hostname"] = new(Host, 1, 230),
        ["idn-hostname"] = new(Host, 1, 230),
        ["ipv4"] = new($"{Octet} (\".\" {Octet}){{3}}", 7, 15),
        ["ipv6"] = new(Ip6(), 2, 39),
        ["uri"] = Url,
        ["uri-reference"] = Url,
        ["iri"] = Url,
        ["iri-reference"] = Url,
        ["url"] = Url,
        ["byte"] = Base64,
        ["base64"] = Base64,
    };

    /// <summary>Names that say how a value is shown or stored and nothing about its text.</summary>
    public static IReadOnlySet<string> Annotations { get; } = new HashSet<string>(StringComparer.Ordinal) { "password", "float", "double", "decimal" };

    public static IEnumerable<string> Names => Known.Keys;

    public static bool TryFind(string name, out TextFormat format) => Known.TryGetValue(name, out format);

    private static TextFormat Mail => new(
        $"[a-zA-Z0-9] [-a-zA-Z0-9_+]{{0,30}} (\".\" [-a-zA-Z0-9_+]{{1,20}}){{0,1}} \"@\" {Label} (\".\" {Label}){{0,2}} \".\" [a-zA-Z]{{2,12}}", 6, 165);

    private static TextFormat Url => new(
        $"(\"http\" \"s\"? | [a-z] [a-z0-9]{{1,10}}) \"://\" {Host} (\":\" [1-9] [0-9]{{1,3}})? (\"/\" {UrlCharacter}{{0,200}}){{0,10}}"
        + $" (\"?\" {UrlCharacter}{{0,200}})? (\"#\" {UrlCharacter}{{0,100}})?",
        6,
        8000);

    private static TextFormat Base64 => new("([A-Za-z0-9+/]{4})* ([A-Za-z0-9+/]{2} \"==\" | [A-Za-z0-9+/]{3} \"=\")?", 0, long.MaxValue);

    /// <summary>Eight groups, or fewer around one <c>::</c>.</summary>
    private static string Ip6()
    {
        var forms = new List<string> { $"{Group} (\":\" {Group}){{7}}", $"\"::\" ({Group} (\":\" {Group}){{0,6}})?" };
        for (var before = 1; before <= 7; before++)
        {
            var after = 7 - before;
            var rest = after == 0 ? "" : $" ({Group} (\":\" {Group}){{0,{after - 1}}})?";
            forms.Add($"{Group} (\":\" {Group}){{{before - 1}}} \"::\"{rest}");
        }

        return Gbnf.OneOf(forms)!;
    }
}

/// <summary>A text format.</summary>
/// <param name="Rule">What stands between the quotes; none of it needs escaping.</param>
/// <param name="Least">Characters at least.</param>
/// <param name="Most">Characters at most.</param>
internal readonly record struct TextFormat(string Rule, long Least, long Most);
