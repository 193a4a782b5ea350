using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>
/// <c>dependentRequired</c> as alternatives: for every choice of the properties that bring others along, one where just these are there,
/// with what they bring. (Draft 7 wrote it as <c>dependencies</c>.)
/// </summary>
internal static class Dependencies
{
    private const int MostProperties = 6;

    public static readonly string[] Keywords = ["dependentRequired", "dependencies"];

    public static List<SchemaPart> Members(SchemaPart part, string keyword, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) throw part.Fault(keyword, "An object of lists of property names is expected.");
        part.SpendOn(value);
        var all = value.EnumerateObject().Select(property => (property.Name, Brings: NamesOf(part, keyword, property.Value))).ToList();
        if (all.Count > MostProperties) throw part.Fault(keyword, $"At most {MostProperties} properties may bring others along; this has {all.Count}.");
        return [.. Enumerable.Range(0, 1 << all.Count).Select(there => Member(part, keyword, all, there))];
    }

    private static string[] NamesOf(SchemaPart part, string keyword, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(name => name.GetString()!)]
            : throw part.Fault(keyword, "Only lists of property names can be enforced; describe schemas with 'anyOf'.");

    /// <param name="there">A bit for each property.</param>
    private static SchemaPart Member(SchemaPart part, string keyword, List<(string Name, string[] Brings)> all, int there)
    {
        var (absent, required) = (new JsonObject(), new HashSet<string>(StringComparer.Ordinal));
        for (var index = 0; index < all.Count; index++)
        {
            if ((there >> index & 1) == 0) absent[all[index].Name] = false;
            else required.UnionWith([all[index].Name, .. all[index].Brings]);
        }

        part.Path.Spend(all.Count + required.Count + BitOperations.PopCount((uint)there));
        var schema = new JsonObject { ["properties"] = absent, ["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]) };
        using var document = JsonDocument.Parse(schema.ToJsonString());
        return new SchemaPart(
            document.RootElement.Clone(), part.Path.Below(keyword).Below(there.ToString(CultureInfo.InvariantCulture)), HandledKeywords.Added);
    }
}
