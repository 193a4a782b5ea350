using System.Text.Json.Serialization;
using PolarGrid.Contracts.Shared;

namespace PolarGrid.Contracts.Embeddings;

/// <summary>What <c>POST /v1/embeddings</c> answers (wire format section 15).</summary>
/// <typeparam name="TVector">Numbers, or their bytes as base64 text.</typeparam>
public sealed record EmbeddingList<TVector>
{
    [JsonPropertyName("object")]
    public string Object { get; init; } = "list";

    /// <summary>In the order of the inputs.</summary>
    [JsonPropertyName("data")]
    public required IReadOnlyList<EmbeddingItem<TVector>> Data { get; init; }

    /// <summary>The name that the caller asked for.</summary>
    [JsonPropertyName("model")]
    public required string Model { get; init; }

    [JsonPropertyName("usage")]
    public required EmbeddingUsage Usage { get; init; }

    [JsonPropertyName("pg_metadata")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AnswerMetadata? PgMetadata { get; init; }
}

/// <summary>The vector of one input.</summary>
public sealed record EmbeddingItem<TVector>
{
    [JsonPropertyName("object")]
    public string Object { get; init; } = "embedding";

    [JsonPropertyName("index")]
    public required int Index { get; init; }

    /// <summary>Of length 1; as base64 the little-endian 32-bit numbers in order.</summary>
    [JsonPropertyName("embedding")]
    public required TVector Embedding { get; init; }
}

/// <summary>Tokens of all inputs; nothing is generated, so both are the same.</summary>
public sealed record EmbeddingUsage
{
    [JsonPropertyName("prompt_tokens")]
    public required int PromptTokens { get; init; }

    [JsonPropertyName("total_tokens")]
    public required int TotalTokens { get; init; }
}
