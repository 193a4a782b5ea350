using System.Text.Json;
using PolarGrid.Edge.Requests;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Completions;

/// <summary>Reads the four forms of <c>prompt</c>: a text, texts, token ids, lists of token ids.</summary>
internal static class PromptReader
{
    public static void Read(FieldReader reader, string path, JsonElement value, CompletionDraft draft)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            if (reader.Text(path, value, Parameters.AnyLength, out var text)) draft.Prompts.Add(new TextPrompt(text));
        }
        else if (value.ValueKind != JsonValueKind.Array)
        {
            reader.WrongType(path, "a string or an array", value);
        }
        else if (reader.Array(path, value, 1, int.MaxValue))
        {
            if (value[0].ValueKind == JsonValueKind.Number) AddTokens(reader, path, value, draft);
            else if (reader.Array(path, value, 1, reader.Limits.MaxPrompts)) ReadList(reader, path, value, draft);
        }
    }

    /// <summary>Texts or token lists, not both: the first item decides.</summary>
    private static void ReadList(FieldReader reader, string path, JsonElement value, CompletionDraft draft)
    {
        var texts = value[0].ValueKind == JsonValueKind.String;
        foreach (var item in value.EnumerateArray())
        {
            var itemPath = $"{path}[{draft.Prompts.Count}]";
            if (texts)
            {
                if (!reader.Text(itemPath, item, Parameters.AnyLength, out var text)) return;
                draft.Prompts.Add(new TextPrompt(text));
            }
            else if (!reader.Array(itemPath, item, 1, int.MaxValue) || !AddTokens(reader, itemPath, item, draft))
            {
                return;
            }
        }
    }

    private static bool AddTokens(FieldReader reader, string path, JsonElement value, CompletionDraft draft)
    {
        var tokens = new List<int>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            // The path of an item is built only for the message: a prompt may have a million of them.
            if (item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var token) && token >= 0) tokens.Add(token);
            else if (reader.Integer($"{path}[{tokens.Count}]", item, 0, int.MaxValue - 1, out var wide)) tokens.Add((int)wide);
            else return false;
        }

        draft.Prompts.Add(new TokenPrompt(tokens));
        return true;
    }
}
