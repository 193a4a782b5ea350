using System.Buffers;
using System.Text.Json;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;

namespace PolarGrid.Edge.Chat.Tools;

/// <summary>Reads <c>tools</c> and the deprecated <c>functions</c> (wire format 5.1).</summary>
internal static class ToolsReader
{
    /// <summary>Of one request, as OpenAI's description bounds <c>functions</c>.</summary>
    public const int MostTools = 128;

    public const int LongestName = 64;

    private static readonly SearchValues<char> NameLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>Beside <c>functions</c> nothing is read: <see cref="ToolRules"/> refuses the pair.</summary>
    public static void ReadTools(FieldReader reader, string path, JsonElement value, ChatDraft draft)
    {
        draft.NamesTools = true;
        if (draft.NamesFunctions) return;
        if (!reader.Array(path, value, 0, MostTools) || value.GetArrayLength() == 0 || !reader.Texts(path, value)) return;
        foreach (var tool in value.EnumerateArray())
        {
            var toolPath = $"{path}[{draft.Tools.Count}]";
            if (!reader.Object(toolPath, tool) || !ReadType(reader, toolPath, tool)) return;
            var functionPath = toolPath + ".function";
            if (!Required(reader, functionPath, tool, "function"u8, out var function) || !reader.Object(functionPath, function)) return;
            if (!ReadFunction(reader, functionPath, function, draft)) return;
        }

        draft.ToolsJson = value.Clone();
    }

    public static void ReadFunctions(FieldReader reader, string path, JsonElement value, ChatDraft draft)
    {
        draft.NamesFunctions = true;
        if (draft.NamesTools) return;
        if (!reader.Array(path, value, 0, MostTools) || value.GetArrayLength() == 0 || !reader.Texts(path, value)) return;
        foreach (var function in value.EnumerateArray())
        {
            var functionPath = $"{path}[{draft.Tools.Count}]";
            if (!reader.Object(functionPath, function) || !ReadFunction(reader, functionPath, function, draft)) return;
        }

        draft.AnswersAsFunctionCall = true;
        draft.ToolsJson = ToTools(value);
    }

    private static bool ReadType(FieldReader reader, string path, JsonElement tool)
    {
        var typePath = path + ".type";
        if (!Required(reader, typePath, tool, "type"u8, out var type)) return false;
        if (!reader.Choice(typePath, type, ["function", "custom"], out var kind)) return false;
        if (kind == "function") return true;
        reader.Fail(ErrorTable.UnsupportedValue, typePath, $"'{typePath}' is 'custom', which is not supported: this server offers function tools.");
        return false;
    }

    private static bool ReadFunction(FieldReader reader, string path, JsonElement function, ChatDraft draft)
    {
        JsonElement? parameters = null;
        var strict = false;
        if (!ReadName(reader, path + ".name", function, out var name)) return false;
        if (draft.Tools.Exists(other => other.Name == name))
        {
            reader.Fail(ErrorTable.Inconsistent, path + ".name", $"'{path}.name' is '{name}', which an earlier tool is called already.");
            return false;
        }

        foreach (var property in function.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null || property.NameEquals("name"u8)) continue;
            if (property.NameEquals("description"u8)) reader.Text(path + ".description", property.Value, Parameters.AnyLength, out _);
            else if (property.NameEquals("strict"u8)) reader.Flag(path + ".strict", property.Value, out strict);
            else if (!property.NameEquals("parameters"u8)) reader.Unknown(FieldReader.Join(path, property.Name));
            else if (ReadParameters(reader, path + ".parameters", property.Value)) parameters = property.Value.Clone();
        }

        if (reader.Error is not null) return false;
        draft.Tools.Add(new ToolDefinition(name, parameters, strict, path));
        return true;
    }

    /// <summary>Reads a function's name; the rules hold in definitions and wherever one is named.</summary>
    private static bool ReadName(FieldReader reader, string path, JsonElement function, out string name)
    {
        name = "";
        if (!Required(reader, path, function, "name"u8, out var value) || !reader.Text(path, value, LongestName, out name)) return false;
        if (name.Length > 0 && !name.AsSpan().ContainsAnyExcept(NameLetters)) return true;
        reader.Fail(
            ErrorTable.InvalidValue,
            path,
            $"'{path}' is '{FieldReader.Quote(name)}'; a name has 1 to {LongestName} letters, digits, underscores and hyphens.");
        return false;
    }

    private static bool ReadParameters(FieldReader reader, string path, JsonElement schema)
    {
        if (!reader.Object(path, schema)) return false;
        if (!schema.TryGetProperty("type"u8, out var type)) return true;
        if (type.ValueKind == JsonValueKind.String && type.ValueEquals("object"u8)) return true;
        reader.Fail(
            ErrorTable.FunctionParameters,
            path + ".type",
            $"'{path}.type' is {FieldReader.Quote(type.GetRawText())}; arguments are always an object, so it must be \"object\".");
        return false;
    }

    private static bool Required(FieldReader reader, string path, JsonElement parent, ReadOnlySpan<byte> name, out JsonElement value)
    {
        if (parent.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null) return true;
        reader.Fail(ErrorTable.Missing, path, $"'{path}' is required.");
        return false;
    }

    /// <summary>The same functions in today's shape, for templates.</summary>
    private static JsonElement ToTools(JsonElement functions)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var function in functions.EnumerateArray())
            {
                writer.WriteStartObject();
                writer.WriteString("type"u8, "function"u8);
                writer.WritePropertyName("function"u8);
                function.WriteTo(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        var json = new Utf8JsonReader(buffer.WrittenSpan, new JsonReaderOptions { MaxDepth = 256 });
        return JsonElement.ParseValue(ref json);
    }
}
