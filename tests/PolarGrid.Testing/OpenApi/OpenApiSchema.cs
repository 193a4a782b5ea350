using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace PolarGrid.Testing.OpenApi;

/// <summary>As much of OpenAPI's schema language as it takes to check an answer: types, required keys, enums, nullability, composition.</summary>
public sealed class OpenApiSchema(string[] lines)
{
    private const string ReferencePrefix = "#/components/schemas/";
    private const string Indent = "    ";

    private readonly ConcurrentDictionary<string, YamlMappingNode> parsed = [];

    public static OpenApiSchema Load(string path) => new(File.ReadAllLines(path));

    /// <summary>What in the value does not fit the named schema; empty when all does.</summary>
    public IReadOnlyList<string> Mistakes(string schema, JsonElement value)
    {
        var mistakes = new List<string>();
        Check(Named(schema), value, schema, mistakes);
        return mistakes;
    }

    /// <summary>Cuts one schema out of the document: the whole of it is large, and has texts that the parser does not like.</summary>
    private YamlMappingNode Named(string name)
    {
        if (parsed.TryGetValue(name, out var known)) return known;
        var start = Array.IndexOf(lines, $"{Indent}{name}:") + 1;
        if (start == 0) throw new KeyNotFoundException($"The document has no schema {name}.");
        var own = lines.Skip(start).TakeWhile(line => line.Length <= Indent.Length || line[Indent.Length] == ' ');
        var stream = new YamlStream();
        stream.Load(new StringReader(string.Join('\n', own)));
        return parsed[name] = (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private void Check(YamlMappingNode schema, JsonElement value, string path, List<string> mistakes)
    {
        if (value.ValueKind == JsonValueKind.Null && Text(schema, "nullable") == "true") return;
        if (Text(schema, "$ref") is { } reference) Check(Named(reference[ReferencePrefix.Length..]), value, path, mistakes);
        foreach (var part in List(schema, "allOf")) Check((YamlMappingNode)part, value, path, mistakes);
        CheckAnyOf([.. List(schema, "anyOf"), .. List(schema, "oneOf")], value, path, mistakes);
        if (Text(schema, "type") is { } type && !IsOf(type, value)) mistakes.Add($"{path}: {value.ValueKind} is not {type}");
        CheckEnum([.. List(schema, "enum")], value, path, mistakes);
        if (value.ValueKind == JsonValueKind.Object) CheckObject(schema, value, path, mistakes);
        if (value.ValueKind == JsonValueKind.Array && schema.Children.TryGetValue("items", out var items))
        {
            foreach (var item in value.EnumerateArray()) Check((YamlMappingNode)items, item, path + "[]", mistakes);
        }
    }

    private void CheckObject(YamlMappingNode schema, JsonElement value, string path, List<string> mistakes)
    {
        foreach (var required in List(schema, "required"))
        {
            if (!value.TryGetProperty(required.ToString(), out _)) mistakes.Add($"{path}: {required} is missing");
        }

        if (!schema.Children.TryGetValue("properties", out var properties)) return;
        foreach (var (name, property) in ((YamlMappingNode)properties).Children)
        {
            if (value.TryGetProperty(name.ToString(), out var member)) Check((YamlMappingNode)property, member, $"{path}.{name}", mistakes);
        }
    }

    private void CheckAnyOf(YamlNode[] options, JsonElement value, string path, List<string> mistakes)
    {
        if (options.Length == 0) return;
        var all = new List<string>();
        foreach (var option in options)
        {
            var own = new List<string>();
            Check((YamlMappingNode)option, value, path, own);
            if (own.Count == 0) return;
            all.AddRange(own);
        }

        mistakes.Add($"{path}: fits no alternative ({string.Join("; ", all)})");
    }

    private static void CheckEnum(YamlNode[] allowed, JsonElement value, string path, List<string> mistakes)
    {
        if (allowed.Length > 0 && !allowed.Any(item => item.ToString() == value.ToString())) mistakes.Add($"{path}: {value} is not in the enum");
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"The schema type '{type}'.")),
    };

    private static string? Text(YamlMappingNode schema, string key) =>
        schema.Children.TryGetValue(key, out var value) && value is YamlScalarNode scalar ? scalar.Value : null;

    private static IEnumerable<YamlNode> List(YamlMappingNode schema, string key) =>
        schema.Children.TryGetValue(key, out var value) && value is YamlSequenceNode list ? list : [];
}
