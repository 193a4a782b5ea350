using System.Text.Json.Serialization;

namespace PolarGrid.Contracts.Errors;

/// <summary>The last event of a stream that broke; no <c>[DONE]</c> follows it (wire format 7.4).</summary>
public sealed record ErrorEvent
{
    [JsonPropertyName("error")]
    public required ErrorBody Error { get; init; }
}
