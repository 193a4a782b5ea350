using System.Runtime.InteropServices;
using System.Text.Json;
using PolarGrid.Engine.Schemas.Numbers;
using PolarGrid.Engine.Schemas.Texts;

namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>Writes the rules for schemas that apply together. Equal sets of schemas become one rule, which is how recursion ends.</summary>
internal sealed class SchemaWriter
{
    private static readonly List<JsonElement> Constants = [.. JsonDocument.Parse("[true,false,null]").RootElement.EnumerateArray()];

    private readonly SchemaDocument document;
    private readonly RuleSet rules;
    private readonly ObjectRules objects;
    private readonly ArrayRules arrays;
    private readonly TextRules texts;
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private int depth;
    private int structures;
    private int enumValues;

    public SchemaWriter(SchemaDocument document, RuleSet rules)
    {
        this.document = document;
        this.rules = rules;
        Open = new OpenRules(rules);
        objects = new ObjectRules(this, rules);
        arrays = new ArrayRules(this, rules);
        texts = new TextRules(Open, rules);
    }

    public OpenRules Open { get; }

    /// <summary>A rule for values inside an object or array.</summary>
    public string? WriteInside(IEnumerable<SchemaPart> parts)
    {
        structures++;
        var rule = Write(parts);
        structures--;
        return rule;
    }

    /// <returns>The name of a rule; null when no value satisfies all the schemas.</returns>
    public string? Write(IEnumerable<SchemaPart> parts)
    {
        var flat = document.Flatten(parts);
        var keys = flat.ConvertAll(part => part.Key);
        keys.Sort();
        var key = new string(MemoryMarshal.Cast<int, char>(CollectionsMarshal.AsSpan(keys)));
        if (entries.TryGetValue(key, out var entry)) return entry.IsDone ? entry.Name : Recur(flat[0], entry);
        if (depth >= SchemaLimits.Depth) throw flat[0].Fault("", $"Schemas are nested more than {SchemaLimits.Depth} deep.");

        entries[key] = entry = new Entry(structures);
        depth++;
        var body = Body(flat);
        depth--;
        entry.IsDone = true;
        if (entry.Name is null) return entry.Name = body is null ? null : rules.Add(body);

        // It was referred to while it was written, so it has its name already; without a body nothing matches it.
        rules.Define(entry.Name, body ?? "[]");
        return body is null ? null : entry.Name;
    }

    private string Recur(SchemaPart part, Entry entry) => entry.Structures == structures
        ? throw part.Fault("$ref", "The schema refers to itself without an object or array in between.")
        : entry.Name ??= rules.Reserve();

    private string? Body(List<SchemaPart> flat)
    {
        if (flat.Exists(part => part.Element.ValueKind == JsonValueKind.False)) return null;
        foreach (var keyword in (ReadOnlySpan<string>)["anyOf", "oneOf"])
        {
            for (var i = 0; i < flat.Count; i++)
            {
                if (flat[i].TryGet(keyword, out var options)) return Alternatives(flat, i, keyword, SchemaDocument.Members(flat[i], keyword, options));
            }
        }

        foreach (var keyword in Dependencies.Keywords)
        {
            for (var i = 0; i < flat.Count; i++)
            {
                if (flat[i].TryGet(keyword, out var dependent)) return Alternatives(flat, i, keyword, Dependencies.Members(flat[i], keyword, dependent));
            }
        }

        var facets = FacetReader.Read(flat);
        if (facets.Values is { } values) return Values(facets, values);
        if (facets.Forbidden is not null) throw facets.First.Fault("not", "Values can be excluded only from listed ones ('enum').");
        if (facets.IsEmpty) return Open.Value();
        var types = facets.Written;
        return Gbnf.OneOf(
        [
            types.HasFlag(ValueTypes.Object) ? objects.Write(facets) : null,
            types.HasFlag(ValueTypes.Array) ? arrays.Write(facets) : null,
            types.HasFlag(ValueTypes.String) ? texts.Write(facets) : null,
            (types & ValueTypes.Number) != 0 ? Number(facets, types) : null,
            types.HasFlag(ValueTypes.Boolean) ? OpenRules.Boolean : null,
            types.HasFlag(ValueTypes.Null) ? OpenRules.Null : null,
        ]);
    }

    /// <summary>Each alternative together with everything else that is said.</summary>
    private string? Alternatives(List<SchemaPart> flat, int at, string keyword, List<SchemaPart> members)
    {
        var part = flat[at];
        if (keyword == "oneOf") Disjointness.Check(part, members, document);

        // What the part refers to or combines is in the list already.
        var rest = flat.Where((_, index) => index != at).Append(part.Excluding(keyword)).ToList();
        return Gbnf.OneOf(members.Select(member => Write([.. rest, member])).ToList());
    }

    private string? Values(Facets facets, List<JsonElement> values)
    {
        enumValues += values.Count;
        if (enumValues > SchemaLimits.EnumValues)
        {
            throw facets.First.Fault("enum", $"All lists of values together may have {SchemaLimits.EnumValues} values.");
        }

        return Gbnf.OneOf(Admitted(facets, values).Select(value => Gbnf.Literal(JsonValue.Write(value))).ToList());
    }

    private static IEnumerable<JsonElement> Admitted(Facets facets, List<JsonElement> values) => values.Where(value =>
        ValueCheck.Admits(facets, value) && facets.Forbidden?.Contains(ValueKey.Of(facets.First, value)) is not true);

    /// <summary>All values that satisfy the schemas, no two equal, where they are listed or few by themselves; else null.</summary>
    public List<JsonElement>? Listed(IEnumerable<SchemaPart> parts)
    {
        var flat = document.Flatten(parts);
        if (flat.Exists(part => part.Element.ValueKind == JsonValueKind.False)) return [];
        if (flat.Count == 0 || flat.Exists(part => part.TryGet("anyOf", out _) || part.TryGet("oneOf", out _))) return null;
        var facets = FacetReader.Read(flat);
        var values = facets.Values ?? (facets.NamesTypes && (facets.Types & ~(ValueTypes.Boolean | ValueTypes.Null)) == 0 ? Constants : null);
        return values is null ? null : [.. Admitted(facets, values).DistinctBy(value => ValueKey.Of(facets.First, value))];
    }

    private static string? Number(Facets facets, ValueTypes types)
    {
        if (facets.Step is { } step && !step.IsOne)
        {
            return NumberRules.Multiples(facets.Numbers, step)
                ?? throw facets.First.Fault("multipleOf", "Multiples can be enforced only between a minimum and a maximum with at most 2000 of them.");
        }

        if (facets.Step is not null || !types.HasFlag(ValueTypes.Fraction)) return NumberRules.Integer(facets.Numbers);
        return facets.Numbers == NumberBounds.None && facets.FractionDigits is null
            ? OpenRules.Number
            : NumberRules.Number(facets.Numbers, facets.FractionDigits);
    }

    private sealed class Entry(int structures)
    {
        public int Structures => structures;

        public string? Name { get; set; }

        public bool IsDone { get; set; }
    }
}
