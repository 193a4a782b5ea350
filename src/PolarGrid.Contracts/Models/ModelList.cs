using System.Text.Json.Serialization;

namespace PolarGrid.Contracts.Models;

/// <summary>What <c>GET /v1/models</c> answers.</summary>
public sealed record ModelList
{
    [JsonPropertyName("object")]
    public string Object { get; init; } = "list";

    [JsonPropertyName("data")]
    public required IReadOnlyList<ModelCard> Data { get; init; }
}

/// <summary>One loaded model: OpenAI's four fields, then ours.</summary>
public sealed record ModelCard
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("object")]
    public string Object { get; init; } = "model";

    /// <summary>Unix seconds.</summary>
    [JsonPropertyName("created")]
    public required long Created { get; init; }

    [JsonPropertyName("owned_by")]
    public required string OwnedBy { get; init; }

    /// <summary>Most tokens of one sequence, prompt and answer together.</summary>
    [JsonPropertyName("context_length")]
    public required int ContextLength { get; init; }

    [JsonPropertyName("architecture")]
    public required string Architecture { get; init; }

    [JsonPropertyName("quantization")]
    public required string Quantization { get; init; }

    [JsonPropertyName("parameters")]
    public required long Parameters { get; init; }

    /// <summary>Further names under which requests reach this model.</summary>
    [JsonPropertyName("aliases")]
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Missing where the model gives no embeddings.</summary>
    [JsonPropertyName("embedding")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EmbeddingCard? Embedding { get; init; }
}

/// <summary>What embeddings of a model are.</summary>
public sealed record EmbeddingCard
{
    [JsonPropertyName("dimensions")]
    public required int Dimensions { get; init; }

    /// <summary>Most tokens of one input.</summary>
    [JsonPropertyName("max_input_tokens")]
    public required int MaxInputTokens { get; init; }

    /// <summary>mean, cls or last: how the states of the tokens become one vector.</summary>
    [JsonPropertyName("pooling")]
    public required string Pooling { get; init; }
}
