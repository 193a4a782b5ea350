using System.Text.Json;
using PolarGrid.Edge.Errors;

namespace PolarGrid.Edge.Requests;

/// <summary>The rows about caching, storage, routing and safety that both generation endpoints share (wire format 3.3).</summary>
internal static class CallerParameters
{
    private const int MostMetadata = 16, LongestMetadataKey = 64, LongestMetadataValue = 512;

    public static Parameter<T>[] Rows<T>()
        where T : RequestDraft =>
    [
        Parameters.Object<T>("prediction", "type: content", ReadPrediction, ParameterAction.Accepted),
        Parameters.AcceptedChoice<T>("verbosity", "low", "medium", "high"),
        Parameters.Choice<T>(
            "service_tier",
            ["auto", "default", "flex", "scale", "priority", "fast"],
            static (draft, _) => draft.NamesServiceTier = true,
            ParameterAction.Accepted),
        Parameters.AcceptedFlag<T>("store"),
        Parameters.Object<T>("metadata", "at most 16 keys of 64 with texts of 512 characters", ReadMetadata, ParameterAction.Accepted),
        Parameters.AcceptedText<T>("prompt_cache_key"),
        Parameters.AcceptedChoice<T>("prompt_cache_retention", "in_memory", "in-memory", "24h"),
        Parameters.AcceptedObject<T>("prompt_cache_options"),
        Parameters.AcceptedText<T>("safety_identifier", 64),
        Parameters.Refused<T>("moderation", "object", "this server runs no moderation model."),
        Parameters.Refused<T>("web_search_options", "object", "this server does not search the web."),
        Parameters.AcceptedText<T>("route"),
        Parameters.AcceptedObject<T>("provider"),
    ];

    private static void ReadPrediction<T>(FieldReader reader, string path, JsonElement value, T draft)
    {
        var type = path + ".type";
        if (!value.TryGetProperty("type"u8, out var kind)) reader.Fail(ErrorTable.Missing, type, $"'{type}' is required.");
        else if (!reader.Choice(type, kind, ["content"], out _)) return;
        var content = path + ".content";
        if (!value.TryGetProperty("content"u8, out var text)) reader.Fail(ErrorTable.Missing, content, $"'{content}' is required.");
        else if (text.ValueKind is not (JsonValueKind.String or JsonValueKind.Array)) reader.WrongType(content, "a string or an array of content parts", text);
    }

    private static void ReadMetadata<T>(FieldReader reader, string path, JsonElement value, T draft)
        where T : RequestDraft
    {
        draft.Metadata = new(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            if (draft.Metadata.Count == MostMetadata)
            {
                reader.Fail(ErrorTable.ObjectTooLarge, path, $"'{path}' has more than {MostMetadata} keys.");
                return;
            }

            if (property.Name.Length > LongestMetadataKey)
            {
                reader.Fail(ErrorTable.StringTooLong, path, $"'{path}' has a key longer than {LongestMetadataKey} characters.");
                return;
            }

            if (!reader.Text(FieldReader.Join(path, property.Name), property.Value, LongestMetadataValue, out var text)) return;
            draft.Metadata[property.Name] = text;
        }
    }
}
