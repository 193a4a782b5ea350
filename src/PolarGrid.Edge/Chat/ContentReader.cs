using System.Text;
using System.Text.Json;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;

namespace PolarGrid.Edge.Chat;

/// <summary>Reads the content of messages: a text, or parts of which only texts are taken (wire format section 4).</summary>
internal sealed class ContentReader(FieldReader reader)
{
    private int parts;

    /// <returns>Null when there is none, or none that is valid.</returns>
    public string? Read(string path, JsonElement content, bool fromAssistant)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.Undefined:
                return null;
            case JsonValueKind.String:
                return reader.Text(path, content, Parameters.AnyLength, out var text) ? text : "";
            case JsonValueKind.Array:
                return ReadParts(path, content, fromAssistant);
            default:
                reader.WrongType(path, "a string or an array of content parts", content);
                return null;
        }
    }

    private string? ReadParts(string path, JsonElement content, bool fromAssistant)
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
            if (!reader.Object(partPath, part) || ReadPart(partPath, part, fromAssistant) is not { } text) return null;
            joined.Append(text);
        }

        return joined.ToString();
    }

    private string? ReadPart(string path, JsonElement part, bool fromAssistant)
    {
        var typePath = path + ".type";
        if (!part.TryGetProperty("type"u8, out var type))
        {
            reader.Fail(ErrorTable.Missing, typePath, $"'{typePath}' is required.");
            return null;
        }

        if (!reader.Choice(typePath, type, ["text", "image_url", "input_audio", "file", "refusal"], out var kind)) return null;
        if (kind == "text" || (kind == "refusal" && fromAssistant)) return ReadText(FieldReader.Join(path, kind), part, kind);
        if (kind == "refusal") reader.Fail(ErrorTable.Inconsistent, typePath, $"'{typePath}' is 'refusal', which may only stand in an assistant's message.");
        else reader.Fail(ErrorTable.UnsupportedValue, typePath, $"'{typePath}' is '{kind}', but the models here do not support {InputOf(kind)} input: they read text only.");
        return null;
    }

    private static string InputOf(string kind) => kind switch
    {
        "image_url" => "image",
        "input_audio" => "audio",
        _ => "file",
    };

    private string? ReadText(string path, JsonElement part, string kind)
    {
        if (part.TryGetProperty(kind, out var value) && value.ValueKind != JsonValueKind.Null)
        {
            return reader.Text(path, value, Parameters.AnyLength, out var text) ? text : null;
        }

        reader.Fail(ErrorTable.Missing, path, $"'{path}' is required.");
        return null;
    }
}
