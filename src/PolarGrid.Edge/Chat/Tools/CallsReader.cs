using System.Text.Json;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Chat.Tools;

/// <summary>Reads the calls of an assistant message (wire format 4 and 5.1).</summary>
internal static class CallsReader
{
    private const int MostCalls = 1024, LongestId = 256, LongestName = 256;

    public static IReadOnlyList<ToolCall>? Read(FieldReader reader, string path, JsonElement value)
    {
        if (!reader.Array(path, value, 0, MostCalls) || value.GetArrayLength() == 0) return null;
        var calls = new List<ToolCall>();
        foreach (var call in value.EnumerateArray())
        {
            var callPath = $"{path}[{calls.Count}]";
            if (!reader.Object(callPath, call) || ReadCall(reader, callPath, call) is not { } read) return null;
            calls.Add(read);
        }

        return calls;
    }

    /// <summary>The deprecated single call, which has no id of its own.</summary>
    public static IReadOnlyList<ToolCall>? ReadFunctionCall(FieldReader reader, string path, JsonElement value, string id) =>
        reader.Object(path, value) && ReadFunction(reader, path, value, id) is { } call ? [call] : null;

    private static ToolCall? ReadCall(FieldReader reader, string path, JsonElement call)
    {
        if (Text(reader, path, call, "id", LongestId) is not { } id) return null;
        if (call.TryGetProperty("type"u8, out var type) && type.ValueKind != JsonValueKind.Null)
        {
            if (!reader.Choice(path + ".type", type, ["function", "custom"], out var kind)) return null;
            if (kind == "custom")
            {
                reader.Fail(
                    ErrorTable.UnsupportedValue, path + ".type", $"'{path}.type' is 'custom', which is not supported: this server offers function tools.");
                return null;
            }
        }

        path += ".function";
        if (!call.TryGetProperty("function"u8, out var function) || function.ValueKind == JsonValueKind.Null)
        {
            reader.Fail(ErrorTable.Missing, path, $"'{path}' is required.");
            return null;
        }

        return reader.Object(path, function) ? ReadFunction(reader, path, function, id) : null;
    }

    private static ToolCall? ReadFunction(FieldReader reader, string path, JsonElement function, string id) =>
        Text(reader, path, function, "name", LongestName) is { } name
        && Text(reader, path, function, "arguments", Parameters.AnyLength, mayBeEmpty: true) is { } arguments
            ? new ToolCall(id, name, arguments)
            : null;

    private static string? Text(FieldReader reader, string path, JsonElement parent, string name, int longest, bool mayBeEmpty = false)
    {
        path = FieldReader.Join(path, name);
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            reader.Fail(ErrorTable.Missing, path, $"'{path}' is required.");
            return null;
        }

        if (!reader.Text(path, value, longest, out var text)) return null;
        if (mayBeEmpty || text.Length > 0) return text;
        reader.Fail(ErrorTable.InvalidValue, path, $"'{path}' is empty; it must have at least one character.");
        return null;
    }
}
