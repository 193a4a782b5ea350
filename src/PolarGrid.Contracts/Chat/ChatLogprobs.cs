using System.Text.Json.Serialization;

namespace PolarGrid.Contracts.Chat;

/// <summary>How likely the tokens of a message, or of one piece of it, were (wire format section 6).</summary>
public sealed record ChatLogprobs
{
    [JsonPropertyName("content")]
    public IReadOnlyList<ChatTokenLogprob>? Content { get; init; }

    /// <summary>Always null; the key is required by the format.</summary>
    [JsonPropertyName("refusal")]
    public IReadOnlyList<ChatTokenLogprob>? Refusal { get; init; }
}

/// <summary>One token and the likeliest ones at its place.</summary>
public sealed record ChatTokenLogprob
{
    /// <summary>Its text; the bytes as escapes where they are no whole characters.</summary>
    [JsonPropertyName("token")]
    public required string Token { get; init; }

    /// <summary>Natural logarithm of its probability, -9999.0 where it is next to impossible.</summary>
    [JsonPropertyName("logprob")]
    public required double Logprob { get; init; }

    /// <summary>Null for a control token, which has no text.</summary>
    [JsonPropertyName("bytes")]
    public IReadOnlyList<int>? Bytes { get; init; }

    /// <summary>As many as were asked for, likeliest first.</summary>
    [JsonPropertyName("top_logprobs")]
    public required IReadOnlyList<ChatTopLogprob> TopLogprobs { get; init; }
}

/// <summary>One of the likeliest tokens of a place.</summary>
public sealed record ChatTopLogprob
{
    [JsonPropertyName("token")]
    public required string Token { get; init; }

    /// <inheritdoc cref="ChatTokenLogprob.Logprob"/>
    [JsonPropertyName("logprob")]
    public required double Logprob { get; init; }

    /// <inheritdoc cref="ChatTokenLogprob.Bytes"/>
    [JsonPropertyName("bytes")]
    public IReadOnlyList<int>? Bytes { get; init; }
}
