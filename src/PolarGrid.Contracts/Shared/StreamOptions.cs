using System.Text.Json.Serialization;

namespace PolarGrid.Contracts.Shared;

/// <summary>Extras of a streamed answer.</summary>
public sealed record StreamOptions
{
    /// <summary>Asks for one last chunk with the token counts.</summary>
    [JsonPropertyName("include_usage")]
    public bool? IncludeUsage { get; init; }
}
