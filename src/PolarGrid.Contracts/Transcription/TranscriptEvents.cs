using System.Text.Json.Serialization;

namespace PolarGrid.Contracts.Transcription;

/// <summary>An event of a streamed transcription: text that comes behind all before it.</summary>
public sealed record TranscriptTextDelta
{
    [JsonPropertyName("type")]
    public string Type { get; init; } = "transcript.text.delta";

    /// <summary>All deltas joined are exactly the final text.</summary>
    [JsonPropertyName("delta")]
    public required string Delta { get; init; }
}

/// <summary>The last event before <c>[DONE]</c>.</summary>
public sealed record TranscriptTextDone
{
    [JsonPropertyName("type")]
    public string Type { get; init; } = "transcript.text.done";

    [JsonPropertyName("text")]
    public required string Text { get; init; }

    [JsonPropertyName("usage")]
    public required TranscriptUsage Usage { get; init; }
}
