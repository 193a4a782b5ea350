using System.Text.Json;

namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>Reads the keywords about objects and arrays.</summary>
internal static class StructureReader
{
    public static void Read(Facets facets, SchemaPart part, string keyword, JsonElement value)
    {
        switch (keyword)
        {
            case "properties":
                if (value.ValueKind != JsonValueKind.Object) throw part.Fault(keyword, "An object of schemas is expected.");
                foreach (var property in value.EnumerateObject())
                {
                    part.Path.Spend(property.Name.Length / 64);
                    facets.Property(property.Name).Add(part.Child(property.Value, keyword, property.Name));
                }

                break;
            case "required":
                ReadRequired(facets, part, value);
                break;
            case "additionalProperties" or "unevaluatedProperties":
                ReadAdditional(facets, part, keyword, value);
                break;
            case "patternProperties":
                ReadPatternProperties(facets, part, value);
                break;
            case "propertyNames":
                if (facets.PropertyNames is not null) throw part.Fault(keyword, "Two rules for names cannot be enforced together.");
                facets.PropertyNames = part.Child(value, keyword);
                break;
            case "minProperties":
                facets.LeastProperties = Math.Max(facets.LeastProperties, FacetReader.Count(part, keyword, value));
                break;
            case "maxProperties":
                facets.MostProperties = FacetReader.Smaller(facets.MostProperties, FacetReader.Count(part, keyword, value));
                break;
            case "prefixItems":
                ReadPrefix(facets, part, keyword, value);
                break;

            // Before draft 2020-12 a list of schemas stood here.
            case "items" when value.ValueKind == JsonValueKind.Array:
                if (value.GetArrayLength() > 0) ReadPrefix(facets, part, keyword, value);
                break;
            case "items":
                facets.Items.Add((part.Child(value, keyword), part.TryGet("prefixItems", out var places) ? Length(places) : 0));
                break;
            case "additionalItems":
                if (part.TryGet("items", out var items) && items.ValueKind == JsonValueKind.Array) facets.Items.Add((part.Child(value, keyword), Length(items)));
                break;
            case "unevaluatedItems":
                if (value.ValueKind == JsonValueKind.Object) throw part.Fault(keyword, "Only true and false can be enforced; use 'items'.");
                if (value.ValueKind == JsonValueKind.False) facets.AreItemsSealed = true;
                break;
            case "uniqueItems":
                if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) throw part.Fault(keyword, "True or false is expected.");
                facets.AreItemsUnique |= value.ValueKind == JsonValueKind.True;
                break;
            case "contains":
                if (part.TryGet("minContains", out var none) && FacetReader.Count(part, "minContains", none) == 0) break;
                if (facets.Contains is not null) throw part.Fault(keyword, "Two of them for one list cannot be enforced together.");
                facets.Contains = part.Child(value, keyword);
                facets.Hinted |= ValueTypes.Array;
                break;
            case "minContains" or "maxContains" when part.TryGet("contains", out _):
                if (keyword == "minContains" && FacetReader.Count(part, keyword, value) <= 1) break;
                throw part.Fault(keyword, "How many items match 'contains' cannot be enforced beyond 'at least one'.");
            case "minItems":
                facets.LeastItems = Math.Max(facets.LeastItems, FacetReader.Count(part, keyword, value));
                break;
            case "maxItems":
                facets.MostItems = FacetReader.Smaller(facets.MostItems, FacetReader.Count(part, keyword, value));
                break;
            default:
                return;
        }

        facets.Hinted |= keyword.EndsWith("tems", StringComparison.Ordinal) ? ValueTypes.Array : ValueTypes.Object;
    }

    private static void ReadRequired(Facets facets, SchemaPart part, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || !value.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String))
        {
            throw part.Fault("required", "A list of property names is expected.");
        }

        part.SpendOn(value);
        foreach (var name in value.EnumerateArray()) facets.Require(name.GetString()!);
    }

    /// <summary>Where a schema does not say, no further properties are written: what comes out satisfies it all the same.</summary>
    private static void ReadAdditional(Facets facets, SchemaPart part, string keyword, JsonElement value)
    {
        var schema = part.Child(value, keyword);
        if (keyword == "unevaluatedProperties")
        {
            if (value.ValueKind == JsonValueKind.Object) throw part.Fault(keyword, "Only true and false can be enforced; use 'additionalProperties'.");
            if (value.ValueKind == JsonValueKind.False) facets.IsSealed = true;
            return;
        }

        var named = part.TryGet("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? Counted(part, properties).EnumerateObject().Select(property => property.Name)
            : [];
        var others = new OtherProperties(schema, part.Path, named.ToHashSet(StringComparer.Ordinal));
        if (value.ValueKind == JsonValueKind.False) facets.Closed.Add(others);
        else facets.Others.Add(others);
    }

    private static JsonElement Counted(SchemaPart part, JsonElement properties)
    {
        part.SpendOn(properties);
        return properties;
    }

    private static void ReadPatternProperties(Facets facets, SchemaPart part, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) throw part.Fault("patternProperties", "An object of schemas is expected.");
        foreach (var property in value.EnumerateObject())
        {
            if (facets.PatternProperty is not null) throw part.Fault("patternProperties", "Only one pattern can be enforced.");
            facets.PatternProperty = new(property.Name, part.Child(property.Value, "patternProperties", property.Name), part.Path);
        }
    }

    private static int Length(JsonElement array) => array.ValueKind == JsonValueKind.Array ? array.GetArrayLength() : 0;

    private static void ReadPrefix(Facets facets, SchemaPart part, string keyword, JsonElement value)
    {
        var members = SchemaDocument.Members(part, keyword, value);
        for (var i = 0; i < members.Count; i++)
        {
            if (facets.Prefix.Count == i) facets.Prefix.Add([]);
            facets.Prefix[i].Add(members[i]);
        }

    }
}
