using System.Text.Json.Serialization;

namespace PolarGrid.Contracts.Accounting;

/// <summary>What a key has used.</summary>
public sealed record UsageReport
{
    [JsonPropertyName("object")]
    public string Object { get; init; } = "usage.report";

    /// <summary>The first day, in UTC, as <c>2026-11-21</c>.</summary>
    [JsonPropertyName("from")]
    public required string From { get; init; }

    /// <summary>The last day.</summary>
    [JsonPropertyName("to")]
    public required string To { get; init; }

    /// <summary>By day, model and kind; days without requests are not there.</summary>
    [JsonPropertyName("data")]
    public required IReadOnlyList<UsageDay> Data { get; init; }

    /// <summary>The sum of <see cref="Data"/>.</summary>
    [JsonPropertyName("total")]
    public required UsageAmounts Total { get; init; }
}

/// <summary>One model on one day, in one kind of request.</summary>
public sealed record UsageDay
{
    [JsonPropertyName("date")]
    public required string Date { get; init; }

    /// <summary>The model that answered; null where requests did not get as far.</summary>
    [JsonPropertyName("model")]
    public required string? Model { get; init; }

    /// <summary><c>chat</c>, <c>completion</c>, <c>embedding</c>, <c>speech</c>, <c>transcription</c>, <c>translation</c> or <c>live_transcription</c>.</summary>
    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    [JsonPropertyName("amounts")]
    public required UsageAmounts Amounts { get; init; }
}

/// <summary>How much.</summary>
public sealed record UsageAmounts
{
    /// <summary>Failed and cancelled ones included.</summary>
    [JsonPropertyName("requests")]
    public required long Requests { get; init; }

    /// <summary>Those that ended with an error.</summary>
    [JsonPropertyName("failed_requests")]
    public required long FailedRequests { get; init; }

    /// <summary>Those whose caller left first; what was generated until then is counted.</summary>
    [JsonPropertyName("cancelled_requests")]
    public required long CancelledRequests { get; init; }

    /// <summary>Cached ones included.</summary>
    [JsonPropertyName("prompt_tokens")]
    public required long PromptTokens { get; init; }

    [JsonPropertyName("cached_tokens")]
    public required long CachedTokens { get; init; }

    /// <summary>Thinking included.</summary>
    [JsonPropertyName("completion_tokens")]
    public required long CompletionTokens { get; init; }

    [JsonPropertyName("reasoning_tokens")]
    public required long ReasoningTokens { get; init; }

    /// <summary>Of texts to be spoken.</summary>
    [JsonPropertyName("input_characters")]
    public required long InputCharacters { get; init; }

    /// <summary>Speech that was made.</summary>
    [JsonPropertyName("output_audio_seconds")]
    public required double OutputAudioSeconds { get; init; }

    /// <summary>Recordings that were listened to.</summary>
    [JsonPropertyName("input_audio_seconds")]
    public required double InputAudioSeconds { get; init; }
}
