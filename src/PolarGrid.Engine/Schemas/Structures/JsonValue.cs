using System.Text;
using System.Text.Json;

namespace PolarGrid.Engine.Schemas.Structures;

/// <summary>A value from a schema as it is to be written in an answer: compact, numbers as they stand, texts escaped as little as JSON allows.</summary>
internal static class JsonValue
{
    public static string Write(JsonElement value)
    {
        var json = new StringBuilder();
        Write(value, json);
        return json.ToString();
    }

    private static void Write(JsonElement value, StringBuilder json)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.Append('{');
                foreach (var property in value.EnumerateObject())
                {
                    if (json[^1] != '{') json.Append(',');
                    json.Append(Gbnf.JsonText(property.Name)).Append(':');
                    Write(property.Value, json);
                }

                json.Append('}');
                break;
            case JsonValueKind.Array:
                json.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    if (json[^1] != '[') json.Append(',');
                    Write(item, json);
                }

                json.Append(']');
                break;
            case JsonValueKind.String:
                json.Append(Gbnf.JsonText(value.GetString()!));
                break;
            default:
                json.Append(value.GetRawText());
                break;
        }
    }
}
