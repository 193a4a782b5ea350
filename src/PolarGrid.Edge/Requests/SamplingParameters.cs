using System.Globalization;
using System.Text.Json;
using PolarGrid.Edge.Errors;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Requests;

/// <summary>The rows that chat and legacy completions share (wire format 3.1, 3.4 and 10).</summary>
internal static class SamplingParameters
{
    private const int MostStops = 4, MostStopTokens = 64, LongestStop = 1024, MostBiases = 2048;
    private const string NotOffered = "this server does not offer it.";
    private const string ServersOwn = "it belongs to the server's own settings.";

    public static Parameter<T>[] Rows<T>()
        where T : RequestDraft =>
    [
        Parameters.Text<T>("model", Parameters.AnyLength, static (draft, name) => draft.Model = name) with { Required = true },
        new("max_tokens", ParameterAction.Honoured, "integer", "1 to 4096 (polargrid), 1 or more (openai, grid)", ReadMaxTokens),
        Parameters.Number<T>("temperature", 0, 2, static (draft, value) => draft.Temperature = value),
        Parameters.Number<T>("top_p", 0, 1, static (draft, value) => draft.TopP = value),
        Parameters.Integer<T>("top_k", -1, int.MaxValue, static (draft, value) => draft.TopK = (int)Math.Max(0, value)),
        Parameters.Number<T>("min_p", 0, 1, static (draft, value) => draft.MinP = value),
        Parameters.Integer<T>("n", 1, 128, static (draft, value) => draft.Choices = (int)value),
        new("stop", ParameterAction.Honoured, "string or array of strings", "at most 4, each 1 to 1024 characters", ReadStop),
        Parameters.Number<T>("frequency_penalty", -2, 2, static (draft, value) => draft.FrequencyPenalty = value),
        Parameters.Number<T>("presence_penalty", -2, 2, static (draft, value) => draft.PresencePenalty = value),
        Parameters.Number<T>("repetition_penalty", 0.01, 10, static (draft, value) => draft.RepetitionPenalty = value),
        Parameters.Object<T>("logit_bias", "token id to number, -100 to 100", ReadLogitBias),
        Parameters.Integer<T>("seed", long.MinValue, long.MaxValue, static (draft, value) => draft.Seed = value),
        Parameters.Integer<T>("min_tokens", 0, int.MaxValue, static (draft, value) => draft.MinTokens = (int)value),
        Parameters.Flag<T>("ignore_eos", static (draft, value) => draft.IgnoreEndOfText = value),
        Parameters.Flag<T>("stream", static (draft, value) => draft.Stream = value),
        Parameters.Object<T>("stream_options", "include_usage, include_obfuscation", ReadStreamOptions),
        Parameters.AcceptedText<T>("user"),
        new("stop_token_ids", ParameterAction.Honoured, "array of integers", "at most 64 token ids", ReadStopTokens),
        Parameters.Refused<T>("bad_words", "array", NotOffered, IsEmptyArray),
        Parameters.Refused<T>("allowed_token_ids", "array", NotOffered, IsEmptyArray),
        Parameters.Refused<T>("priority", "integer", ServersOwn, IsZero),
        Parameters.Refused<T>("request_id", "string", ServersOwn),
        Parameters.Refused<T>("cache_salt", "string", ServersOwn),
        Parameters.Refused<T>("return_token_ids", "boolean", NotOffered, IsFalse),
        Parameters.Refused<T>("return_tokens_as_token_ids", "boolean", NotOffered, IsFalse),
    ];

    public static bool IsFalse(JsonElement value) => value.ValueKind == JsonValueKind.False;

    public static bool IsEmptyArray(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0;

    public static void ReadMaxTokens<T>(FieldReader reader, string path, JsonElement value, T draft)
        where T : RequestDraft
    {
        if (reader.Integer(path, value, 1, reader.Profile.LargestMaxTokens ?? int.MaxValue, out var tokens)) draft.MaxTokens = tokens;
    }

    public static bool IsZero(JsonElement value) => Is(value, 0);

    public static bool Is(JsonElement value, int number) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var given) && given == number;

    private static void ReadStop<T>(FieldReader reader, string path, JsonElement value, T draft)
        where T : RequestDraft
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            if (StopText(reader, path, value) is { } only) draft.Stop = [only];
            return;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            reader.WrongType(path, "a string or an array of strings", value);
            return;
        }

        if (!reader.Array(path, value, 0, MostStops)) return;
        var stops = new List<string>(MostStops);
        foreach (var item in value.EnumerateArray())
        {
            if (StopText(reader, $"{path}[{stops.Count}]", item) is not { } stop) return;
            stops.Add(stop);
        }

        draft.Stop = stops;
    }

    private static string? StopText(FieldReader reader, string path, JsonElement value)
    {
        if (!reader.Text(path, value, LongestStop, out var text)) return null;
        if (text.Length > 0) return text;
        reader.Fail(ErrorTable.InvalidValue, path, $"'{path}' is empty; a stop text has at least one character.");
        return null;
    }

    private static void ReadStopTokens<T>(FieldReader reader, string path, JsonElement value, T draft)
        where T : RequestDraft
    {
        if (!reader.Array(path, value, 0, MostStopTokens)) return;
        foreach (var item in value.EnumerateArray())
        {
            if (!reader.Integer($"{path}[{draft.StopTokens.Count}]", item, 0, int.MaxValue - 1, out var token)) return;
            draft.StopTokens.Add((int)token);
        }
    }

    private static void ReadLogitBias<T>(FieldReader reader, string path, JsonElement value, T draft)
        where T : RequestDraft
    {
        foreach (var property in value.EnumerateObject())
        {
            if (draft.LogitBias.Count == MostBiases)
            {
                reader.Fail(ErrorTable.ObjectTooLarge, path, $"'{path}' has more than {MostBiases} entries.");
                return;
            }

            if (!int.TryParse(property.Name, NumberStyles.None, null, out var token))
            {
                reader.Fail(ErrorTable.InvalidValue, path, $"'{path}' has the key '{FieldReader.Quote(property.Name)}'; keys are token ids.");
                return;
            }

            if (!reader.Number($"{path}.{property.Name}", property.Value, -100, 100, out var bias)) return;
            draft.LogitBias.Add(new LogitBias(token, (float)bias));
        }
    }

    private static void ReadStreamOptions<T>(FieldReader reader, string path, JsonElement value, T draft)
        where T : RequestDraft
    {
        foreach (var property in value.EnumerateObject())
        {
            var name = FieldReader.Join(path, property.Name);
            if (property.Value.ValueKind == JsonValueKind.Null) continue;
            if (property.NameEquals("include_usage"u8))
            {
                if (reader.Flag(name, property.Value, out var include)) draft.IncludeUsage = include;
            }
            else if (property.NameEquals("include_obfuscation"u8))
            {
                reader.Flag(name, property.Value, out _);
            }
            else
            {
                reader.Unknown(name);
            }
        }
    }
}
