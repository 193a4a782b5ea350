using System.Text.Json.Serialization;

namespace PolarGrid.Contracts.Transcription;

/// <summary>The same as <c>verbose_json</c>: with times.</summary>
public sealed record VerboseTranscript
{
    /// <summary><c>transcribe</c> or <c>translate</c>.</summary>
    [JsonPropertyName("task")]
    public required string Task { get; init; }

    /// <summary>In English and lower case, for example <c>english</c>; <c>unknown</c> where the model does not say. Of a translation always <c>english</c>.</summary>
    [JsonPropertyName("language")]
    public required string Language { get; init; }

    /// <summary>Of the audio in seconds.</summary>
    [JsonPropertyName("duration")]
    public required double Duration { get; init; }

    [JsonPropertyName("text")]
    public required string Text { get; init; }

    /// <summary>Missing where only words were asked for.</summary>
    [JsonPropertyName("segments")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TranscriptSegment>? Segments { get; init; }

    /// <summary>Missing unless they were asked for.</summary>
    [JsonPropertyName("words")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TranscriptWord>? Words { get; init; }

    [JsonPropertyName("usage")]
    public required TranscriptUsage Usage { get; init; }
}

/// <summary>One stretch of speech. All members are required by the wire format; those that a model does not give have neutral values.</summary>
public sealed record TranscriptSegment
{
    [JsonPropertyName("id")]
    public required int Id { get; init; }

    /// <summary>Where its stretch begins in the audio, in hundredths of a second.</summary>
    [JsonPropertyName("seek")]
    public required int Seek { get; init; }

    /// <summary>Seconds.</summary>
    [JsonPropertyName("start")]
    public required double Start { get; init; }

    /// <summary>Seconds.</summary>
    [JsonPropertyName("end")]
    public required double End { get; init; }

    [JsonPropertyName("text")]
    public required string Text { get; init; }

    /// <summary>The model's token ids; empty where it has none.</summary>
    [JsonPropertyName("tokens")]
    public required IReadOnlyList<int> Tokens { get; init; }

    /// <summary>As asked for.</summary>
    [JsonPropertyName("temperature")]
    public required double Temperature { get; init; }

    /// <summary>Mean natural log-probability of what was heard; 0 where the model does not say.</summary>
    [JsonPropertyName("avg_logprob")]
    public required double AvgLogprob { get; init; }

    /// <summary>Bytes of the text over its bytes when compressed; far above 2 it repeats itself. 1 for an empty text.</summary>
    [JsonPropertyName("compression_ratio")]
    public required double CompressionRatio { get; init; }

    /// <summary>0 to 1; 0 where the model does not say: voice activity detection found speech here.</summary>
    [JsonPropertyName("no_speech_prob")]
    public required double NoSpeechProb { get; init; }
}

/// <summary>One word and when it was spoken, in seconds.</summary>
public sealed record TranscriptWord
{
    [JsonPropertyName("word")]
    public required string Word { get; init; }

    [JsonPropertyName("start")]
    public required double Start { get; init; }

    [JsonPropertyName("end")]
    public required double End { get; init; }
}
