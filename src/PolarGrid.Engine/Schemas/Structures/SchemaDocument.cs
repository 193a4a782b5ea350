using System.Globalization;
using System.Text.Json;

namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>The whole schema: finds what references name, and takes combined schemas apart.</summary>
internal sealed class SchemaDocument(JsonElement root)
{
    private readonly Dictionary<int, Dictionary<string, JsonElement>> indexed = [];
    private int looked;

    public SchemaPart Root { get; } = root.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False
        ? new SchemaPart(root, SchemaPath.Root())
        : throw new SchemaFault("", "#", "A schema is an object, true or false.");

    /// <summary>
    /// Follows <c>$ref</c> and <c>allOf</c>, so that neither is left: all schemas that a value must satisfy together, none of them twice.
    /// </summary>
    public List<SchemaPart> Flatten(IEnumerable<SchemaPart> parts)
    {
        var flat = new List<SchemaPart>();
        var seen = new HashSet<int>();
        var pending = new Stack<SchemaPart>(parts.Reverse());
        while (pending.TryPop(out var part))
        {
            if (++looked > SchemaLimits.Schemas)
            {
                throw part.Fault("", $"The schema, its alternatives multiplied out, has more than {SchemaLimits.Schemas} parts; make it smaller.");
            }

            if (!seen.Add(part.Key)) continue;
            part.SpendOn("", part.Element);
            var own = part;
            if (part.TryGet("allOf", out var all))
            {
                var members = Members(part, "allOf", all);
                for (var i = members.Count - 1; i >= 0; i--) pending.Push(members[i]);
                own = own.Excluding("allOf");
            }

            if (part.TryGet("$ref", out var reference))
            {
                var target = Resolve(part, reference);
                if (target.Path == part.Path) throw part.Fault("$ref", "The schema refers to itself.");
                pending.Push(target);
                own = own.Excluding("$ref");
            }

            if (own == part || seen.Add(own.Key)) flat.Add(own);
        }

        return flat;
    }

    public static List<SchemaPart> Members(SchemaPart part, string keyword, JsonElement array)
    {
        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() == 0) throw part.Fault(keyword, "A list of at least one schema is expected.");
        var count = array.GetArrayLength();
        if (count > SchemaLimits.Schemas) throw part.Fault(keyword, $"The list has {count} schemas; {SchemaLimits.Schemas} are allowed.");
        part.Path.Spend(count);
        return [.. array.EnumerateArray().Select((member, index) => part.Child(member, keyword, index.ToString(CultureInfo.InvariantCulture)))];
    }

    private SchemaPart Resolve(SchemaPart part, JsonElement reference)
    {
        if (reference.ValueKind != JsonValueKind.String) throw part.Fault("$ref", "A text is expected.");
        var text = reference.GetString()!;
        part.SpendOn(reference);
        if (text == "#") return Root;
        if (!text.StartsWith("#/", StringComparison.Ordinal))
        {
            throw part.Fault("$ref", "Only references inside the schema are followed, such as '#/$defs/name'.");
        }

        var at = Root.Element;
        var path = Root.Path;
        foreach (var segment in Uri.UnescapeDataString(text[2..]).Split('/'))
        {
            var name = segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            var found = at.ValueKind switch
            {
                JsonValueKind.Object => MembersOf(path, at).TryGetValue(name, out at),
                JsonValueKind.Array => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < at.GetArrayLength() && Step(ref at, path, index),
                _ => false,
            };
            if (!found) throw part.Fault("$ref", $"There is nothing at '{(text.Length > 100 ? text[..100] + "…" : text)}'.");
            path = path.Below(name);
        }

        return at.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False
            ? new SchemaPart(at, path)
            : throw part.Fault("$ref", $"What is at '{path}' is no schema.");
    }

    // Looking a name up in a JSON object goes through all of its names; a schema may have thousands of definitions.
    private Dictionary<string, JsonElement> MembersOf(SchemaPath path, JsonElement element)
    {
        if (indexed.TryGetValue(path.Id, out var known)) return known;
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject()) members[member.Name] = member.Value;
        return indexed[path.Id] = members;
    }

    private static bool Step(ref JsonElement at, SchemaPath path, int index)
    {
        // Finding an item goes through those before it.
        path.Spend(index / 8);
        at = at[index];
        return true;
    }
}
