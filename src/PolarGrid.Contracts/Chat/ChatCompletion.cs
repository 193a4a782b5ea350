using System.Text.Json.Serialization;
using PolarGrid.Contracts.Shared;

namespace PolarGrid.Contracts.Chat;

/// <summary>A whole chat answer (wire format section 6).</summary>
public sealed record ChatCompletion
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>Always <c>chat.completion</c>.</summary>
    [JsonPropertyName("object")]
    public string Object { get; init; } = "chat.completion";

    /// <summary>Unix seconds.</summary>
    [JsonPropertyName("created")]
    public required long Created { get; init; }

    /// <summary>The name that the caller asked for; the header <c>x-polargrid-model</c> names what ran.</summary>
    [JsonPropertyName("model")]
    public required string Model { get; init; }

    [JsonPropertyName("choices")]
    public required IReadOnlyList<ChatChoice> Choices { get; init; }

    [JsonPropertyName("usage")]
    public Usage? Usage { get; init; }

    [JsonPropertyName("system_fingerprint")]
    public string? SystemFingerprint { get; init; }

    /// <summary><c>default</c> when the request named a tier.</summary>
    [JsonPropertyName("service_tier")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ServiceTier { get; init; }

    /// <summary>The request's own pairs.</summary>
    [JsonPropertyName("metadata")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    [JsonPropertyName("pg_metadata")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AnswerMetadata? PgMetadata { get; init; }
}

/// <summary>One answer among <c>n</c>.</summary>
public sealed record ChatChoice
{
    [JsonPropertyName("index")]
    public required int Index { get; init; }

    [JsonPropertyName("message")]
    public required ChatAnswer Message { get; init; }

    /// <summary>Null unless asked for; the key is required by the format.</summary>
    [JsonPropertyName("logprobs")]
    public ChatLogprobs? Logprobs { get; init; }

    /// <summary>stop, length, tool_calls or function_call.</summary>
    [JsonPropertyName("finish_reason")]
    public required string FinishReason { get; init; }
}

/// <summary>The assistant's message.</summary>
public sealed record ChatAnswer
{
    [JsonPropertyName("role")]
    public string Role { get; init; } = "assistant";

    /// <summary>Null when the answer is calls only.</summary>
    [JsonPropertyName("content")]
    public string? Content { get; init; }

    /// <summary>Thinking that is sent apart from the content.</summary>
    [JsonPropertyName("reasoning_content")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReasoningContent { get; init; }

    /// <summary>Absent when there are none.</summary>
    [JsonPropertyName("tool_calls")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChatToolCall>? ToolCalls { get; init; }

    /// <summary>The deprecated form of one call, sent to who asked with <c>functions</c>.</summary>
    [JsonPropertyName("function_call")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FunctionCall? FunctionCall { get; init; }

    /// <summary>Always null; the key is required by the format.</summary>
    [JsonPropertyName("refusal")]
    public string? Refusal { get; init; }
}
