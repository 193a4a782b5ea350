using System.Text.Json.Nodes;
using PolarGrid.Edge.Requests;

namespace PolarGrid.Edge.OpenApi;

/// <summary>A parameter table's rows as JSON Schema. What a row says for people is the description.</summary>
internal static class FieldSchema
{
    /// <summary>The schema of a whole body. Unknown names are taken and ignored unless the server is strict.</summary>
    public static JsonObject OfBody(IReadOnlyList<ParameterDescription> rows)
    {
        var properties = new JsonObject();
        foreach (var row in rows) properties[row.Name] = Of(row);
        return new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray([.. rows.Where(row => row.Required).Select(row => JsonValue.Create(row.Name))]),
            ["properties"] = properties,
        };
    }

    /// <summary>A row as a parameter of the query string.</summary>
    public static JsonObject OfQuery(ParameterDescription row) => new()
    {
        ["name"] = row.Name, ["in"] = "query", ["required"] = row.Required, ["schema"] = Of(row),
    };

    private static JsonObject Of(ParameterDescription row)
    {
        var schema = OfType(row.Type);
        if (row.Least is { } least) schema["minimum"] = Number(least);
        if (row.Most is { } most) schema["maximum"] = Number(most);
        if (row.Allowed is { } allowed) schema["enum"] = new JsonArray([.. allowed.Select(text => JsonValue.Create(text))]);
        schema["description"] = (row.Range.Length == 0 ? "" : $"Values: {row.Range}. ") + Sentence(row.Action);
        schema["x-polargrid-action"] = row.Action.ToString().ToLowerInvariant();
        return schema;
    }

    private static string Sentence(ParameterAction action) => action switch
    {
        ParameterAction.Honoured => "Honoured.",
        ParameterAction.Accepted => "Checked, then without effect.",
        _ => "Refused, apart from values that ask for nothing.",
    };

    private static JsonValue Number(double value) => value == Math.Truncate(value) ? JsonValue.Create((long)value) : JsonValue.Create(value);

    /// <summary>Reads the tables' words for types, for example <c>string or array of strings</c>.</summary>
    private static JsonObject OfType(string words)
    {
        if (words == "file") return new JsonObject { ["type"] = "string", ["format"] = "binary" };
        var options = words.Split(" or ");
        if (options.Length > 1 && !words.StartsWith("string, or", StringComparison.Ordinal))
        {
            return new JsonObject { ["anyOf"] = new JsonArray([.. options.Select(option => (JsonNode)OfType(option))]) };
        }

        if (words.StartsWith("string, or", StringComparison.Ordinal))
        {
            return new JsonObject { ["anyOf"] = new JsonArray(Simple("string"), ArrayOf("string"), ArrayOf("integer"), ArrayOf(ArrayOf("integer"))) };
        }

        const string many = "array of ";
        return !words.StartsWith(many, StringComparison.Ordinal) ? Simple(words) : words[many.Length..] switch
        {
            "strings" => ArrayOf("string"),
            "integers" => ArrayOf("integer"),
            _ => ArrayOf("object"),
        };
    }

    private static JsonObject Simple(string type) => new() { ["type"] = type };

    private static JsonObject ArrayOf(string item) => ArrayOf(Simple(item));

    private static JsonObject ArrayOf(JsonObject item) => new() { ["type"] = "array", ["items"] = item };
}
