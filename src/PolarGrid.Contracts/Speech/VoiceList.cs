using System.Text.Json.Serialization;

namespace PolarGrid.Contracts.Speech;

/// <summary>What <c>GET /v1/audio/voices</c> answers.</summary>
public sealed record VoiceList
{
    [JsonPropertyName("object")]
    public string Object { get; init; } = "list";

    /// <summary>Installed voices, model by model.</summary>
    [JsonPropertyName("data")]
    public required IReadOnlyList<VoiceCard> Data { get; init; }

    /// <summary>Names of OpenAI's and PolarGrid's documents, and which voice answers to each of them in each model.</summary>
    [JsonPropertyName("aliases")]
    public required IReadOnlyList<VoiceAlias> Aliases { get; init; }
}

/// <summary>One installed voice.</summary>
public sealed record VoiceCard
{
    /// <summary>What <c>voice</c> takes.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("object")]
    public string Object { get; init; } = "voice";

    /// <summary>The model that has it.</summary>
    [JsonPropertyName("model")]
    public required string Model { get; init; }

    /// <summary>ISO 639-1, with a region where it matters.</summary>
    [JsonPropertyName("language")]
    public required string Language { get; init; }

    /// <summary>female, male, or missing where nobody says.</summary>
    [JsonPropertyName("gender")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Gender { get; init; }

    /// <summary>Whether the model speaks with it unless told otherwise.</summary>
    [JsonPropertyName("default")]
    public required bool Default { get; init; }
}

/// <summary>A documented name and the installed voice behind it.</summary>
public sealed record VoiceAlias
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("model")]
    public required string Model { get; init; }

    /// <summary>The id of the voice that really speaks.</summary>
    [JsonPropertyName("voice")]
    public required string Voice { get; init; }
}
