using System.Text.Json.Serialization;
using PolarGrid.Contracts.Errors;

namespace PolarGrid.Contracts.Transcription;

/// <summary>The first message of a live session.</summary>
public sealed record LiveStarted
{
    [JsonPropertyName("type")]
    public string Type { get; init; } = "session.started";

    /// <summary>The recogniser that really listens.</summary>
    [JsonPropertyName("model")]
    public required string Model { get; init; }

    /// <summary>Hertz that the client declared.</summary>
    [JsonPropertyName("sample_rate")]
    public required int SampleRate { get; init; }

    /// <summary>Longest session in seconds.</summary>
    [JsonPropertyName("limit_seconds")]
    public required double LimitSeconds { get; init; }
}

/// <summary>What was heard of a stretch that is not over; the next one of the same segment replaces it.</summary>
public sealed record LivePartial
{
    [JsonPropertyName("type")]
    public string Type { get; init; } = "transcript.text.partial";

    /// <summary>Counts stretches from 0.</summary>
    [JsonPropertyName("segment_id")]
    public required int SegmentId { get; init; }

    [JsonPropertyName("text")]
    public required string Text { get; init; }
}

/// <summary>What was heard of a whole stretch of speech; it does not change any more.</summary>
public sealed record LiveFinal
{
    [JsonPropertyName("type")]
    public string Type { get; init; } = "transcript.text.final";

    [JsonPropertyName("segment_id")]
    public required int SegmentId { get; init; }

    [JsonPropertyName("text")]
    public required string Text { get; init; }

    /// <summary>Seconds from the session's first sample.</summary>
    [JsonPropertyName("start")]
    public required double Start { get; init; }

    /// <inheritdoc cref="Start"/>
    [JsonPropertyName("end")]
    public required double End { get; init; }

    /// <summary>Missing where the model gives no times.</summary>
    [JsonPropertyName("words")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TranscriptWord>? Words { get; init; }
}

/// <summary>Why a session ends early; the socket closes behind it.</summary>
public sealed record LiveError
{
    [JsonPropertyName("type")]
    public string Type { get; init; } = "error";

    [JsonPropertyName("error")]
    public required ErrorBody Error { get; init; }
}
