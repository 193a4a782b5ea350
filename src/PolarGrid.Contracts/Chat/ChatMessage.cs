using System.Text.Json.Serialization;

namespace PolarGrid.Contracts.Chat;

/// <summary>One message of a conversation with text content.</summary>
public sealed record ChatMessage
{
    /// <summary>system, developer, user or assistant.</summary>
    [JsonPropertyName("role")]
    public required string Role { get; init; }

    [JsonPropertyName("content")]
    public required string Content { get; init; }
}
