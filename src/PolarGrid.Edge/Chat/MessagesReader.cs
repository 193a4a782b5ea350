using System.Text;
using System.Text.Json;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Chat;

/// <summary>Reads a conversation (wire format section 4): text only, no tool messages yet.</summary>
internal static class MessagesReader
{
    private const int LongestName = 256, AnyLength = Parameters.AnyLength;
    private const string NoTools = "this server does not offer tool calling yet.";

    public static void Read(FieldReader reader, string path, JsonElement value, ChatDraft draft)
    {
        if (!reader.Array(path, value, 1, reader.Limits.MaxMessages)) return;
        var parts = 0;
        foreach (var message in value.EnumerateArray())
        {
            var messagePath = $"{path}[{draft.Messages.Count}]";
            if (!reader.Object(messagePath, message) || ReadMessage(reader, messagePath, message, ref parts) is not { } turn) return;
            draft.Messages.Add(turn);
        }
    }

    private static ChatTurn? ReadMessage(FieldReader reader, string path, JsonElement message, ref int parts)
    {
        JsonElement role = default, content = default;
        string? name = null, reasoning = null, refusal = null;
        foreach (var property in message.EnumerateObject())
        {
            var value = property.Value;
            if (property.NameEquals("role"u8)) role = value;
            else if (value.ValueKind == JsonValueKind.Null) continue;
            else if (property.NameEquals("content"u8)) content = value;
            else if (property.NameEquals("name"u8)) reader.Text(path + ".name", value, LongestName, out name);
            else if (property.NameEquals("refusal"u8)) reader.Text(path + ".refusal", value, AnyLength, out refusal);
            else if (property.NameEquals("reasoning_content"u8)) reader.Text(path + ".reasoning_content", value, AnyLength, out reasoning);
            else if (property.NameEquals("reasoning"u8)) reader.Text(path + ".reasoning", value, AnyLength, out reasoning);
            else if (property.NameEquals("tool_calls"u8)) RefuseTools(reader, path + ".tool_calls", value);
            else if (property.NameEquals("function_call"u8)) RefuseTools(reader, path + ".function_call", value);
            else if (property.NameEquals("audio"u8)) Refuse(reader, path + ".audio", "no speech model is attached to chat.");
            else if (!property.NameEquals("tool_call_id"u8)) reader.Unknown(FieldReader.Join(path, property.Name));
        }

        if (reader.Error is not null || ReadRole(reader, path + ".role", role) is not { } known) return null;
        var text = ReadContent(reader, path + ".content", content, known == "assistant", ref parts) ?? refusal;
        if (text is null) reader.Fail(ErrorTable.Missing, path + ".content", $"'{path}.content' is required.");
        return reader.Error is null
            ? new ChatTurn { Role = known, Content = text, Name = name, ReasoningContent = known == "assistant" ? reasoning : null }
            : null;
    }

    private static string? ReadRole(FieldReader reader, string path, JsonElement role)
    {
        if (role.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            reader.Fail(ErrorTable.Missing, path, $"'{path}' is required.");
            return null;
        }

        if (!reader.Choice(path, role, ["system", "developer", "user", "assistant", "tool", "function"], out var name)) return null;
        if (name is "tool" or "function")
        {
            reader.Fail(ErrorTable.UnsupportedValue, path, $"The role '{name}' is not supported: {NoTools}");
            return null;
        }

        return name == "developer" ? "system" : name;
    }

    private static string? ReadContent(FieldReader reader, string path, JsonElement content, bool fromAssistant, ref int parts)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.Undefined:
                return null;
            case JsonValueKind.String:
                return reader.Text(path, content, AnyLength, out var text) ? text : "";
            case JsonValueKind.Array:
                return ReadParts(reader, path, content, fromAssistant, ref parts);
            default:
                reader.WrongType(path, "a string or an array of content parts", content);
                return null;
        }
    }

    private static string? ReadParts(FieldReader reader, string path, JsonElement content, bool fromAssistant, ref int parts)
    {
        if (!reader.Array(path, content, 1, reader.Limits.MaxContentParts)) return null;
        parts += content.GetArrayLength();
        if (parts > reader.Limits.MaxContentParts)
        {
            var most = reader.Limits.MaxContentParts;
            reader.Fail(ErrorTable.ArrayTooLong, path, $"The messages have more than {most} content parts together.");
            return null;
        }

        var joined = new StringBuilder();
        var index = 0;
        foreach (var part in content.EnumerateArray())
        {
            var partPath = $"{path}[{index++}]";
            if (!reader.Object(partPath, part) || ReadPart(reader, partPath, part, fromAssistant) is not { } text) return null;
            joined.Append(text);
        }

        return joined.ToString();
    }

    private static string? ReadPart(FieldReader reader, string path, JsonElement part, bool fromAssistant)
    {
        var typePath = path + ".type";
        if (!part.TryGetProperty("type"u8, out var type))
        {
            reader.Fail(ErrorTable.Missing, typePath, $"'{typePath}' is required.");
            return null;
        }

        if (!reader.Choice(typePath, type, ["text", "image_url", "input_audio", "file", "refusal"], out var kind)) return null;
        if (kind == "text" || (kind == "refusal" && fromAssistant)) return ReadPartText(reader, FieldReader.Join(path, kind), part, kind);
        reader.Fail(ErrorTable.UnsupportedValue, typePath, $"Content of the type '{kind}' is not supported: the model reads text only.");
        return null;
    }

    private static string? ReadPartText(FieldReader reader, string path, JsonElement part, string kind)
    {
        if (part.TryGetProperty(kind, out var value) && value.ValueKind != JsonValueKind.Null)
        {
            return reader.Text(path, value, AnyLength, out var text) ? text : null;
        }

        reader.Fail(ErrorTable.Missing, path, $"'{path}' is required.");
        return null;
    }

    private static void RefuseTools(FieldReader reader, string path, JsonElement value)
    {
        if (!SamplingParameters.IsEmptyArray(value)) Refuse(reader, path, NoTools);
    }

    private static void Refuse(FieldReader reader, string path, string why) =>
        reader.Fail(ErrorTable.UnsupportedParameter, path, $"'{path}' is not supported: {why}");
}
