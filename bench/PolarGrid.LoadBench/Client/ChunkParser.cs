using System.Text.Json;

namespace PolarGrid.LoadBench.Client;

/// <summary>Reads the few fields of a chat chunk that the bench needs, straight from its bytes.</summary>
internal static class ChunkParser
{
    public static void Parse(ReadOnlySpan<byte> chunk, long time, RequestOutcome outcome)
    {
        var json = new Utf8JsonReader(chunk);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("choices"u8)) ParseChoices(ref json, time, outcome);
            else if (json.ValueTextEquals("usage"u8)) ParseUsage(ref json, outcome);
            else if (json.ValueTextEquals("error"u8)) ParseError(ref json, outcome);
            else json.Skip();
        }
    }

    private static void ParseChoices(ref Utf8JsonReader json, long time, RequestOutcome outcome)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            var index = 0;
            var hasText = false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("index"u8)) index = ReadNumber(ref json);
                else if (json.ValueTextEquals("delta"u8)) hasText |= DeltaHasText(ref json);
                else json.Skip();
            }

            if (hasText) outcome.Add(new TextPiece(time, index));
        }
    }

    private static bool DeltaHasText(ref Utf8JsonReader json)
    {
        var hasText = false;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isText = json.ValueTextEquals("content"u8) || json.ValueTextEquals("reasoning_content"u8);
            var isCall = json.ValueTextEquals("tool_calls"u8);
            json.Read();
            hasText |= isCall && json.TokenType == JsonTokenType.StartArray;
            if (isText) hasText |= json.TokenType == JsonTokenType.String && json.ValueSpan.Length > 0;
            else json.Skip();
        }

        return hasText;
    }

    private static void ParseUsage(ref Utf8JsonReader json, RequestOutcome outcome)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null) return;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("prompt_tokens"u8)) outcome.PromptTokens = ReadNumber(ref json);
            else if (json.ValueTextEquals("completion_tokens"u8)) outcome.UsageTokens = ReadNumber(ref json);
            else if (json.ValueTextEquals("prompt_tokens_details"u8)) ParseDetails(ref json, outcome);
            else json.Skip();
        }
    }

    private static void ParseDetails(ref Utf8JsonReader json, RequestOutcome outcome)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null) return;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("cached_tokens"u8)) outcome.CachedTokens = ReadNumber(ref json);
            else json.Skip();
        }
    }

    private static void ParseError(ref Utf8JsonReader json, RequestOutcome outcome)
    {
        using var error = JsonDocument.ParseValue(ref json);
        outcome.Error ??= error.RootElement.GetRawText();
    }

    private static int ReadNumber(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.Number ? json.GetInt32() : 0;
    }
}
