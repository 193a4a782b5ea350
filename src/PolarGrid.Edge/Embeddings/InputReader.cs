using System.Text.Json;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Requests;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Embeddings;

/// <summary>Reads the four forms of <c>input</c>: a text, texts, token ids, lists of token ids.</summary>
internal static class InputReader
{
    private const int MostInputs = 2048;

    public static void Read(FieldReader reader, string path, JsonElement value, EmbeddingDraft draft)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            AddText(reader, path, value, draft);
        }
        else if (value.ValueKind != JsonValueKind.Array)
        {
            reader.WrongType(path, "a string or an array", value);
        }
        else if (reader.Array(path, value, 1, int.MaxValue))
        {
            if (value[0].ValueKind == JsonValueKind.Number) AddTokens(reader, path, value, draft);
            else if (reader.Array(path, value, 1, MostInputs)) ReadList(reader, path, value, draft);
        }
    }

    /// <summary>Texts or token lists, not both: the first item decides.</summary>
    private static void ReadList(FieldReader reader, string path, JsonElement value, EmbeddingDraft draft)
    {
        draft.IsList = true;
        var texts = value[0].ValueKind == JsonValueKind.String;
        foreach (var item in value.EnumerateArray())
        {
            var itemPath = $"{path}[{draft.Inputs.Count}]";
            if (texts ? !AddText(reader, itemPath, item, draft) : !reader.Array(itemPath, item, 1, int.MaxValue) || !AddTokens(reader, itemPath, item, draft)) return;
        }
    }

    private static bool AddText(FieldReader reader, string path, JsonElement value, EmbeddingDraft draft)
    {
        if (!reader.Text(path, value, Parameters.AnyLength, out var text)) return false;
        if (text.Length == 0)
        {
            reader.Fail(ErrorTable.InvalidValue, path, $"'{path}' is empty; an input has at least one character.");
            return false;
        }

        draft.Inputs.Add(new TextPrompt(text));
        return true;
    }

    private static bool AddTokens(FieldReader reader, string path, JsonElement value, EmbeddingDraft draft)
    {
        var tokens = new List<int>();
        foreach (var item in value.EnumerateArray())
        {
            // The path of an item is built only for the message.
            if (item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var token) && token >= 0) tokens.Add(token);
            else if (reader.Integer($"{path}[{tokens.Count}]", item, 0, int.MaxValue - 1, out var wide)) tokens.Add((int)wide);
            else return false;
        }

        draft.Inputs.Add(new TokenPrompt(tokens));
        return true;
    }
}
