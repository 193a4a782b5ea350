using System.Text.Json;
using System.Text.Json.Serialization;
using PolarGrid.Contracts.Errors;

namespace PolarGrid.Contracts.Transcription;

/// <summary>A transcription that nobody waits for on the line (polargrid.md 8.1).</summary>
public sealed record TranscriptionJob
{
    /// <summary>Begins with <c>job_transcription_</c>.</summary>
    [JsonPropertyName("job_id")]
    public required string JobId { get; init; }

    /// <summary><c>queued</c>, <c>processing</c>, <c>completed</c> or <c>failed</c>.</summary>
    [JsonPropertyName("status")]
    public required string Status { get; init; }

    /// <summary>A path of this server.</summary>
    [JsonPropertyName("poll_url")]
    public required string PollUrl { get; init; }

    [JsonPropertyName("model")]
    public required string Model { get; init; }

    [JsonPropertyName("response_format")]
    public required string ResponseFormat { get; init; }

    /// <summary>Unix seconds.</summary>
    [JsonPropertyName("created_at")]
    public required long CreatedAt { get; init; }

    /// <summary>Unix seconds; missing while it is not finished.</summary>
    [JsonPropertyName("finished_at")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? FinishedAt { get; init; }

    /// <summary>Unix seconds: when it is removed; missing while it is not finished.</summary>
    [JsonPropertyName("expires_at")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ExpiresAt { get; init; }

    /// <summary>What an answer on the line would have been: an object for the JSON formats, else a text. Missing until it is completed.</summary>
    [JsonPropertyName("result")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Result { get; init; }

    /// <summary>Missing unless it failed.</summary>
    [JsonPropertyName("error")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ErrorBody? Error { get; init; }
}
