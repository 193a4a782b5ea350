using System.Text.Json.Serialization;

namespace PolarGrid.Contracts.Transcription;

/// <summary>What <c>POST /v1/audio/transcriptions</c> answers as <c>json</c> (wire format section 12).</summary>
public sealed record Transcript
{
    [JsonPropertyName("text")]
    public required string Text { get; init; }

    [JsonPropertyName("usage")]
    public required TranscriptUsage Usage { get; init; }
}

/// <summary>What was used: time, since not every recogniser has tokens.</summary>
public sealed record TranscriptUsage
{
    [JsonPropertyName("type")]
    public string Type { get; init; } = "duration";

    /// <summary>Of the audio, silence included.</summary>
    [JsonPropertyName("seconds")]
    public required double Seconds { get; init; }
}
