using PolarGrid.Engine.Schemas.Structures;

namespace PolarGrid.Engine.Schemas.Texts;

/// <summary>Writes texts with a length, a pattern or a format.</summary>
internal sealed class TextRules(OpenRules open, RuleSet rules)
{
    private readonly PatternRules patterns = new(rules);

    public string? Write(Facets facets)
    {
        if (facets.LeastLength > facets.MostLength) return null;
        if (facets is { Pattern: not null, Format: not null })
        {
            throw facets.Pattern.Value.Part.Fault("pattern", "A pattern and a format for one text cannot be enforced together.");
        }

        if (facets.Format is { } named) return Quoted(Format(facets, named.Name, named.Part));
        if (facets.Pattern is { } pattern) return Pattern(facets, pattern.Text, pattern.Part) is { } rule ? Quoted(rule) : null;
        return facets is { LeastLength: 0, MostLength: null }
            ? open.Text()
            : Quoted(Gbnf.Times(rules.Add(OpenRules.Character), facets.LeastLength, facets.MostLength));
    }

    /// <summary>A key that looks like a pattern.</summary>
    public string? Key(string pattern, string path) => patterns.Write(PatternParser.Parse(pattern, path)) is { } rule ? Quoted(rule) : null;

    private string Quoted(string rule) => rules.Add($"\"\\\"\" {rule} \"\\\"\"");

    private static string Format(Facets facets, string name, SchemaPart part)
    {
        TextFormats.TryFind(name, out var format);
        if (facets.LeastLength > format.Least) throw part.Fault("minLength", Beside(name, format));
        if (facets.MostLength < format.Most) throw part.Fault("maxLength", Beside(name, format));
        return format.Rule;
    }

    private static string Beside(string name, TextFormat format) =>
        $"Beside the format '{name}', whose texts have {format.Least} to {format.Most} characters here, another length cannot be enforced.";

    private string? Pattern(Facets facets, string text, SchemaPart part)
    {
        var pattern = PatternParser.Parse(text, part.Path.ToString());
        var (least, most) = (facets.LeastLength, facets.MostLength);
        if (least <= pattern.Least && (most is null || pattern.Most <= most)) return patterns.Write(pattern);

        // A run of one class can take the length over; anything else would have to be counted beside the pattern.
        if (pattern is not PatternRepeat { Part: PatternClass } run)
        {
            throw part.Fault(
                least > pattern.Least ? "minLength" : "maxLength",
                "Beside this pattern the length cannot be enforced; write it into the pattern, for example ^[a-z]{1,20}$.");
        }

        var from = Math.Max(least, run.From);
        var to = run.To is { } limit ? Math.Min(limit, most ?? limit) : most;
        return from > to ? null : patterns.Write(run with { From = (int)from, To = (int?)to });
    }
}
