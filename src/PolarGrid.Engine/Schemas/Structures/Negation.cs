using System.Text.Json;

namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>Reads <c>not</c>, where what is left can be written: without some types, some listed values, or one property.</summary>
internal static class Negation
{
    private const string CannotBe = "Only a 'type', an 'enum' or 'const' beside listed values, and one 'required' property can be excluded; describe what is allowed instead, for example with 'anyOf'.";

    private static readonly string[] Annotations = ["title", "description", "$comment", "default", "examples", "deprecated"];
    private static readonly JsonElement Nothing = JsonDocument.Parse("false").RootElement;

    public static void Read(Facets facets, SchemaPart part, JsonElement value)
    {
        var inner = part.Child(value, "not");
        if (value.ValueKind == JsonValueKind.False) return;
        var said = value.ValueKind == JsonValueKind.True ? [] : value.EnumerateObject().Where(keyword => !Annotations.Contains(keyword.Name)).ToList();
        if (said.Count > 1) throw part.Fault("not", CannotBe);

        // Everything satisfies the excluded schema, so nothing is left.
        if (said.Count == 0) facets.Types = ValueTypes.None;
        else Exclude(facets, part, inner, said[0].Name, said[0].Value);
    }

    private static void Exclude(Facets facets, SchemaPart part, SchemaPart inner, string keyword, JsonElement value)
    {
        switch (keyword)
        {
            case "type":
                var types = FacetReader.TypesOf(inner, value);
                if ((types & ValueTypes.Number) == ValueTypes.Integer) throw part.Fault("not", "Numbers without integers cannot be written.");
                facets.Types &= ~types;
                break;
            case "enum" when value.ValueKind == JsonValueKind.Array:
                foreach (var each in value.EnumerateArray()) facets.Forbid(ValueKey.Of(inner, each));
                break;
            case "const":
                facets.Forbid(ValueKey.Of(inner, value));
                break;

            // Whatever is no object satisfies 'required', so that only objects without the property are left.
            case "required" when value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1 && value[0].ValueKind == JsonValueKind.String:
                facets.Types &= ValueTypes.Object;
                facets.Excluded.Add(value[0].GetString()!);
                facets.Property(value[0].GetString()!).Add(new SchemaPart(Nothing, inner.Path, HandledKeywords.Added));
                break;
            default:
                throw part.Fault("not", CannotBe);
        }
    }
}
