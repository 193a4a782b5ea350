using System.Text.Json.Serialization;

namespace PolarGrid.Contracts.Speech;

/// <summary>The last event of spoken text that is sent as events (wire format section 11); the pieces before it are <see cref="SpeechAudioDelta"/>.</summary>
public sealed record SpeechAudioDone
{
    [JsonPropertyName("type")]
    public string Type { get; init; } = "speech.audio.done";

    [JsonPropertyName("usage")]
    public required SpeechUsage Usage { get; init; }
}

/// <summary>A piece of the encoded audio.</summary>
public sealed record SpeechAudioDelta
{
    [JsonPropertyName("type")]
    public string Type { get; init; } = "speech.audio.delta";

    /// <summary>Base64, each piece padded on its own; the decoded pieces joined are the file.</summary>
    [JsonPropertyName("audio")]
    public required string Audio { get; init; }
}

/// <summary>What a spoken text used. Voice models here have no tokens, so OpenAI's counts are made of what is metered.</summary>
public sealed record SpeechUsage
{
    /// <summary>The text's characters.</summary>
    [JsonPropertyName("input_tokens")]
    public required int InputTokens { get; init; }

    /// <summary>The audio's length in steps of 50 milliseconds, the last one counted whole.</summary>
    [JsonPropertyName("output_tokens")]
    public required int OutputTokens { get; init; }

    [JsonPropertyName("total_tokens")]
    public required int TotalTokens { get; init; }

    /// <summary>Length of the audio in seconds.</summary>
    [JsonPropertyName("seconds")]
    public required double Seconds { get; init; }
}
