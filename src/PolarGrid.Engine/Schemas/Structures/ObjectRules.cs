using System.Text.Json;
using PolarGrid.Engine.Schemas.Texts;

namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>
/// Writes objects: the named properties in the schema's order, optional ones left out or not, then further ones where they are allowed.
/// One rule per property says what may follow it, so the rules grow with the number of properties, not with their combinations.
/// </summary>
internal sealed class ObjectRules(SchemaWriter schemas, RuleSet rules)
{
    /// <summary>Longer pieces become a rule of their own, so that they are not copied again and again.</summary>
    private const int LongestInline = 1000;

    private static readonly JsonElement Text = JsonDocument.Parse("""{"type":"string"}""").RootElement;

    private readonly KeyRules keys = new(rules);

    public string? Write(Facets facets)
    {
        foreach (var name in facets.Required) facets.Property(name);
        if (facets.PropertyNames is not null && facets.Properties.Count > 0)
        {
            throw facets.First.Fault("propertyNames", "Beside named properties a rule for names cannot be enforced; leave it out.");
        }

        var properties = new List<Property>();
        foreach (var (name, named) in facets.Properties)
        {
            var isRequired = facets.Requires(name);
            if (facets.MostProperties == 0 && !isRequired) continue;
            var value = facets.Closed.TrueForAll(closed => closed.Named.Contains(name)) ? ValueOf(facets.SchemasOf(name, named)) : null;
            if (value is null && isRequired) return null;
            if (value is not null) properties.Add(new Property($"{Gbnf.Literal(Gbnf.JsonText(name))} {Gbnf.Colon} {value}", isRequired));
        }

        return Counted(facets, properties);
    }

    private string? ValueOf(List<SchemaPart> parts) =>
        parts.Count == 0 ? schemas.Open.Value(SchemaLimits.OpenDepth - 1) : schemas.WriteInside(parts);

    private string? Counted(Facets facets, List<Property> properties)
    {
        var required = properties.Count(property => property.IsRequired);
        var optional = properties.Count - required;
        var (least, most) = (facets.LeastProperties, facets.MostProperties);
        if (most < required) return null;
        if (most < properties.Count) throw facets.First.Fault("maxProperties", "Fewer properties than those named cannot be enforced.");
        var room = most - properties.Count;
        var further = room == 0 ? null : Further(facets);

        // Of two further properties nobody knows whether their names differ; of one it is certain that it is new.
        var furtherLeast = 0;
        if (least > required)
        {
            if (further is null && least > properties.Count) return null;
            if (least == properties.Count) properties = properties.ConvertAll(property => property with { IsRequired = true });
            else if (optional == 0 && least == required + 1) furtherLeast = 1;
            else if (least > 1) throw facets.First.Fault("minProperties", "So many properties cannot be enforced; list them in 'required'.");
        }

        return Chain(properties, further, furtherLeast, room, mayBeEmpty: least == 0);
    }

    /// <param name="properties">In order.</param>
    /// <param name="further">A pair that may follow them; null for none.</param>
    /// <param name="furtherLeast">How many of those there must be, 0 or 1.</param>
    /// <param name="furtherMost">How many there may be; null for any number.</param>
    /// <param name="mayBeEmpty">Whether an object without properties will do, where none is required.</param>
    private string Chain(List<Property> properties, string? further, int furtherLeast, long? furtherMost, bool mayBeEmpty)
    {
        // Until a required property comes, nobody knows whether an earlier one was written; after it there is always a comma.
        var firstRequired = properties.FindIndex(property => property.IsRequired);
        var starts = new List<string>();
        var rest = "";
        if (further is not null)
        {
            rest = Gbnf.Times($"({Gbnf.Comma} {further})", furtherLeast, furtherMost);
            if (firstRequired < 0) starts.Add(furtherMost == 1 ? further : $"{further} {Gbnf.Times($"({Gbnf.Comma} {further})", 0, furtherMost - 1)}");
        }

        for (var i = properties.Count - 1; i >= 0; i--)
        {
            var (pair, isRequired) = properties[i];
            if (rest.Length > LongestInline) rest = rules.Add(rest);
            if (firstRequired < 0 || i <= firstRequired) starts.Add($"{pair} {rest}");
            rest = isRequired ? $"{Gbnf.Comma} {pair} {rest}" : rules.Add($"({Gbnf.Comma} {pair})? {rest}");
        }

        starts.Reverse();
        if (starts.Count == 0) return "\"{\" \"}\"";
        var isOptional = firstRequired < 0 && mayBeEmpty;
        return rules.Add($"\"{{\" ({string.Join(" | ", starts)}){(isOptional ? "?" : "")} \"}}\"");
    }

    /// <summary>A pair that the schema does not name; null where none may be.</summary>
    private string? Further(Facets facets)
    {
        var isNamed = facets.Properties.Exists(property => !facets.Excluded.Contains(property.Name));
        if (facets.PatternProperty is { } pattern)
        {
            if (facets.Properties.Count > 0 || facets.Others.Count > 0 || facets.PropertyNames is not null)
            {
                throw facets.First.Fault("patternProperties", "Beside other rules for properties a pattern for names cannot be enforced.");
            }

            // Where the same schema is closed, the names of its pattern are still its own.
            if (facets.Closed.Exists(closed => closed.Owner != pattern.Owner)) return null;
            var key = new TextRules(schemas.Open, rules).Key(pattern.Pattern, pattern.Owner.ToString());
            return key is not null && schemas.WriteInside([pattern.Schema]) is { } matching ? rules.Add($"{key} {Gbnf.Colon} {matching}") : null;
        }

        if (facets.Closed.Count > 0 || (facets.Others.Count == 0 && (isNamed || facets.IsSealed))) return null;
        var name = facets.PropertyNames is { } names ? schemas.WriteInside([names, new SchemaPart(Text, names.Path, HandledKeywords.Added)])
            : facets.Properties.Count > 0 ? keys.Except(facets.Properties.Select(property => property.Name))
            : schemas.Open.Key();
        var value = ValueOf([.. facets.Others.Select(other => other.Schema)]);
        return name is null || value is null ? null : rules.Add($"{name} {Gbnf.Colon} {value}");
    }

    private sealed record Property(string Pair, bool IsRequired);
}
