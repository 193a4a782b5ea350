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

/// <summary>One loaded model: OpenAI's four fields, then ours; those that a kind of model does not have are missing.</summary>
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

    /// <summary>
    /// What it does: <c>text-generation</c>, <c>text-embedding</c>, <c>text-to-speech</c> or <c>speech-to-text</c>. A model that writes text
    /// may give embeddings too: it then has <c>embedding</c>.
    /// </summary>
    [JsonPropertyName("task")]
    public required string Task { get; init; }

    /// <summary>The same as PolarGrid's client library knows it: <c>llm</c>, <c>embedding</c>, <c>tts</c> or <c>stt</c>.</summary>
    [JsonPropertyName("pg_model_type")]
    public required string PgModelType { get; init; }

    /// <summary>Most tokens of one sequence, prompt and answer together; of a model for embeddings most of one input.</summary>
    [JsonPropertyName("context_length")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ContextLength { get; init; }

    /// <summary>Of a model for text; of a speech model the library that runs it.</summary>
    [JsonPropertyName("architecture")]
    public required string Architecture { get; init; }

    [JsonPropertyName("quantization")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Quantization { get; init; }

    [JsonPropertyName("parameters")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Parameters { get; init; }

    /// <summary>Of the audio that a speech model makes or hears, in hertz.</summary>
    [JsonPropertyName("sample_rate")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? SampleRate { get; init; }

    /// <summary>Which a speech model speaks or understands.</summary>
    [JsonPropertyName("languages")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Ids of a voice model's voices; the first is the default.</summary>
    [JsonPropertyName("voices")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Voices { get; init; }

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
