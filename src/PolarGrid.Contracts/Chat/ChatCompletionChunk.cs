using System.Text.Json.Serialization;
using PolarGrid.Contracts.Shared;

namespace PolarGrid.Contracts.Chat;

/// <summary>One event of a streamed chat answer, as a client reads it (wire format section 7).</summary>
public sealed record ChatCompletionChunk
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("object")]
    public required string Object { get; init; }

    [JsonPropertyName("created")]
    public required long Created { get; init; }

    [JsonPropertyName("model")]
    public required string Model { get; init; }

    /// <summary>One choice per chunk; empty in the usage chunk.</summary>
    [JsonPropertyName("choices")]
    public required IReadOnlyList<ChatChunkChoice> Choices { get; init; }

    [JsonPropertyName("usage")]
    public Usage? Usage { get; init; }

    [JsonPropertyName("system_fingerprint")]
    public string? SystemFingerprint { get; init; }

    /// <summary>On the last chunk only.</summary>
    [JsonPropertyName("pg_metadata")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AnswerMetadata? PgMetadata { get; init; }
}

/// <summary>A step of one choice.</summary>
public sealed record ChatChunkChoice
{
    [JsonPropertyName("index")]
    public required int Index { get; init; }

    [JsonPropertyName("delta")]
    public required ChatDelta Delta { get; init; }

    /// <summary>Those of exactly the tokens of this delta; null unless asked for.</summary>
    [JsonPropertyName("logprobs")]
    public ChatLogprobs? Logprobs { get; init; }

    /// <summary>Null until the choice's last chunk.</summary>
    [JsonPropertyName("finish_reason")]
    public string? FinishReason { get; init; }
}

/// <summary>What is new in a choice.</summary>
public sealed record ChatDelta
{
    [JsonPropertyName("role")]
    public string? Role { get; init; }

    [JsonPropertyName("content")]
    public string? Content { get; init; }

    [JsonPropertyName("reasoning_content")]
    public string? ReasoningContent { get; init; }

    [JsonPropertyName("tool_calls")]
    public IReadOnlyList<ChatToolCallDelta>? ToolCalls { get; init; }

    [JsonPropertyName("function_call")]
    public FunctionCallDelta? FunctionCall { get; init; }
}
