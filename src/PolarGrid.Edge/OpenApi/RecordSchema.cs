using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace PolarGrid.Edge.OpenApi;

/// <summary>Wire records as JSON Schema, from the very metadata that they are written with.</summary>
internal static class RecordSchema
{
    private static readonly JsonSchemaExporterOptions Options = new() { TreatNullObliviousAsNonNullable = true };

    /// <param name="types">One shape, or several of which an answer has one.</param>
    /// <param name="path">Where the schema will stand in the document, for example <c>#/components/schemas/X</c>.</param>
    public static JsonNode Of(IReadOnlyList<JsonTypeInfo> types, string path)
    {
        if (types.Count == 1) return One(types[0], path);
        var options = new JsonArray();
        for (var at = 0; at < types.Count; at++) options.Add(One(types[at], $"{path}/anyOf/{at}"));
        return new JsonObject { ["anyOf"] = options };
    }

    private static JsonNode One(JsonTypeInfo type, string path)
    {
        var schema = type.GetJsonSchemaAsNode(Options);
        if (schema is JsonObject { } root) root["type"] = "object";
        MoveReferences(schema, path);
        return schema;
    }

    /// <summary>The exporter's references count from the schema's own root.</summary>
    private static void MoveReferences(JsonNode? node, string path)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list) MoveReferences(item, path);
        }
        else if (node is JsonObject members)
        {
            if (members["$ref"] is JsonValue reference && reference.GetValue<string>() is ['#', .. var rest]) members["$ref"] = path + rest;
            foreach (var (_, member) in members) MoveReferences(member, path);
        }
    }
}
