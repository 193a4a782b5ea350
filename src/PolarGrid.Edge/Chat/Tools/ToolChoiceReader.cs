using System.Text.Json;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;

namespace PolarGrid.Edge.Chat.Tools;

/// <summary>Reads <c>tool_choice</c> and the deprecated <c>function_call</c> (wire format 5.1).</summary>
internal static class ToolChoiceReader
{
    public static void Read(FieldReader reader, string path, JsonElement value, ChatDraft draft)
    {
        draft.NamesToolChoice = true;
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                if (reader.Choice(path, value, ["none", "auto", "required"], out var word)) draft.ToolChoice = OfWord(word);
                break;
            case JsonValueKind.Object:
                draft.ToolChoice = ReadObject(reader, path, value);
                break;
            default:
                reader.WrongType(path, "a string or an object", value);
                break;
        }
    }

    /// <summary>As <c>tool_choice</c>, without <c>required</c> and with the name one level higher.</summary>
    public static void ReadFunctionCall(FieldReader reader, string path, JsonElement value, ChatDraft draft)
    {
        draft.NamesFunctionCall = true;
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                if (reader.Choice(path, value, ["none", "auto"], out var word)) draft.ToolChoice = OfWord(word);
                break;
            case JsonValueKind.Object:
                draft.ToolChoice = ReadName(reader, path, value) is { } name ? Named(name) : null;
                break;
            default:
                reader.WrongType(path, "a string or an object", value);
                break;
        }
    }

    private static ToolChoice OfWord(string word) => word switch
    {
        "none" => ToolChoice.None,
        "required" => ToolChoice.Required,
        _ => ToolChoice.Auto,
    };

    private static ToolChoice Named(string name) => new(ToolChoiceMode.Required, [name]) { IsNamed = true };

    private static ToolChoice? ReadObject(FieldReader reader, string path, JsonElement value)
    {
        var typePath = path + ".type";
        if (Member(reader, typePath, value, "type") is not { } type) return null;
        if (!reader.Choice(typePath, type, ["function", "custom", "allowed_tools"], out var kind)) return null;
        if (kind == "allowed_tools") return ReadAllowed(reader, path + ".allowed_tools", value);
        if (kind == "function") return ReadFunction(reader, path, value) is { } name ? Named(name) : null;
        reader.Fail(ErrorTable.UnsupportedValue, typePath, $"'{typePath}' is 'custom', which is not supported: this server offers function tools.");
        return null;
    }

    private static ToolChoice? ReadAllowed(FieldReader reader, string path, JsonElement value)
    {
        if (Member(reader, path, value, "allowed_tools") is not { } allowed || !reader.Object(path, allowed)) return null;
        if (Member(reader, path + ".mode", allowed, "mode") is not { } mode) return null;
        if (!reader.Choice(path + ".mode", mode, ["auto", "required"], out var word)) return null;
        var listPath = path + ".tools";
        if (Member(reader, listPath, allowed, "tools") is not { } tools || !reader.Array(listPath, tools, 1, ToolsReader.MostTools)) return null;
        var names = new List<string>();
        foreach (var tool in tools.EnumerateArray())
        {
            var toolPath = $"{listPath}[{names.Count}]";
            if (!reader.Object(toolPath, tool) || Member(reader, toolPath + ".type", tool, "type") is not { } type) return null;
            if (!reader.Choice(toolPath + ".type", type, ["function"], out _) || ReadFunction(reader, toolPath, tool) is not { } name) return null;
            names.Add(name);
        }

        return OfWord(word) with { Names = names };
    }

    private static string? ReadFunction(FieldReader reader, string path, JsonElement value)
    {
        path += ".function";
        return Member(reader, path, value, "function") is { } function && reader.Object(path, function) ? ReadName(reader, path, function) : null;
    }

    private static string? ReadName(FieldReader reader, string path, JsonElement value) =>
        Member(reader, path + ".name", value, "name") is { } name && reader.Text(path + ".name", name, ToolsReader.LongestName, out var text)
            ? text
            : null;

    private static JsonElement? Member(FieldReader reader, string path, JsonElement parent, string name)
    {
        if (parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null) return value;
        reader.Fail(ErrorTable.Missing, path, $"'{path}' is required.");
        return null;
    }
}
