using System.Text.Json.Serialization;

namespace PolarGrid.Contracts.Shared;

/// <summary>
/// What PolarGrid adds to an answer as <c>pg_metadata</c>: where it was computed and how long that took, in milliseconds
/// (polargrid.md 5.3 and 5.5). A stream carries it on its last chunk, which has a member more and is no event of its own, so that
/// clients which know nothing of it read on.
/// </summary>
public sealed record AnswerMetadata
{
    [JsonPropertyName("region")]
    public required string Region { get; init; }

    /// <summary>From the request's arrival to this point.</summary>
    [JsonPropertyName("latency_ms")]
    public required double LatencyMs { get; init; }

    /// <summary>Of that, waiting for a place in the model's steps; of several prompts the longest.</summary>
    [JsonPropertyName("queue_time_ms")]
    public required double QueueTimeMs { get; init; }

    /// <summary>From the end of the wait to this point.</summary>
    [JsonPropertyName("inference_time_ms")]
    public required double InferenceTimeMs { get; init; }

    /// <summary>Streams only: from the request's arrival to the first token; missing when there was none.</summary>
    [JsonPropertyName("inference_ttft_ms")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? InferenceTtftMs { get; init; }

    /// <summary>Streams only: from the request's arrival to the last token.</summary>
    [JsonPropertyName("inference_total_ms")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? InferenceTotalMs { get; init; }
}
