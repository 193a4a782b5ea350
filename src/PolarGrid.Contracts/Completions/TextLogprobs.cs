using System.Text.Json.Serialization;

namespace PolarGrid.Contracts.Completions;

/// <summary>How likely the tokens of a text were: four lists of the same length (wire format section 10).</summary>
public sealed record TextLogprobs
{
    [JsonPropertyName("text_offset")]
    public required IReadOnlyList<int> TextOffset { get; init; }

    /// <summary>Null for the first token of an echoed prompt, which nothing precedes.</summary>
    [JsonPropertyName("token_logprobs")]
    public required IReadOnlyList<double?> TokenLogprobs { get; init; }

    [JsonPropertyName("tokens")]
    public required IReadOnlyList<string> Tokens { get; init; }

    /// <summary>Token to log-probability: the likeliest ones and the token itself, so up to one more than was asked for.</summary>
    [JsonPropertyName("top_logprobs")]
    public required IReadOnlyList<IReadOnlyDictionary<string, double>?> TopLogprobs { get; init; }
}
