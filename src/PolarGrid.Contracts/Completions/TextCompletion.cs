using System.Text.Json.Serialization;
using PolarGrid.Contracts.Shared;

namespace PolarGrid.Contracts.Completions;

/// <summary>An answer of <c>POST /v1/completions</c>; streamed chunks have the same shape (wire format section 10).</summary>
public sealed record TextCompletion
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>Always <c>text_completion</c>.</summary>
    [JsonPropertyName("object")]
    public string Object { get; init; } = "text_completion";

    /// <summary>Unix seconds.</summary>
    [JsonPropertyName("created")]
    public required long Created { get; init; }

    /// <summary>The name that the caller asked for.</summary>
    [JsonPropertyName("model")]
    public required string Model { get; init; }

    [JsonPropertyName("choices")]
    public required IReadOnlyList<TextChoice> Choices { get; init; }

    [JsonPropertyName("usage")]
    public Usage? Usage { get; init; }

    [JsonPropertyName("system_fingerprint")]
    public string? SystemFingerprint { get; init; }

    [JsonPropertyName("pg_metadata")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AnswerMetadata? PgMetadata { get; init; }
}

/// <summary>One answer; index = position of the prompt × n + position of the sample.</summary>
public sealed record TextChoice
{
    [JsonPropertyName("text")]
    public required string Text { get; init; }

    [JsonPropertyName("index")]
    public required int Index { get; init; }

    /// <summary>Null unless asked for; the key is required by the format.</summary>
    [JsonPropertyName("logprobs")]
    public TextLogprobs? Logprobs { get; init; }

    /// <summary>stop or length; null in a chunk that is not the choice's last.</summary>
    [JsonPropertyName("finish_reason")]
    public string? FinishReason { get; init; }
}
