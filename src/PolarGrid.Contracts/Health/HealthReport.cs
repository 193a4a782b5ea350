using System.Text.Json.Serialization;

namespace PolarGrid.Contracts.Health;

/// <summary>What <c>GET /health</c> answers: the documented fields and no others, since no credential is asked for (decision W8).</summary>
public sealed record HealthReport
{
    /// <summary>healthy, degraded (part works) or unhealthy.</summary>
    [JsonPropertyName("status")]
    public required string Status { get; init; }

    [JsonPropertyName("node")]
    public required string Node { get; init; }

    [JsonPropertyName("runtime")]
    public required string Runtime { get; init; }

    /// <summary>UTC with microseconds and without a zone, as documented.</summary>
    [JsonPropertyName("timestamp")]
    public required string Timestamp { get; init; }

    [JsonPropertyName("features")]
    public required HealthFeatures Features { get; init; }

    [JsonPropertyName("backend")]
    public required BackendStatus Backend { get; init; }
}

/// <summary>What this edge can do beyond answering.</summary>
public sealed record HealthFeatures
{
    [JsonPropertyName("dynamic_loading")]
    public required bool DynamicLoading { get; init; }

    [JsonPropertyName("huggingface_support")]
    public required bool HuggingFaceSupport { get; init; }
}

/// <summary>The engine behind the edge.</summary>
public sealed record BackendStatus
{
    [JsonPropertyName("healthy")]
    public required bool Healthy { get; init; }

    [JsonPropertyName("info")]
    public required BackendInfo Info { get; init; }
}

/// <summary>Name and version of the engine.</summary>
public sealed record BackendInfo
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("version")]
    public required string Version { get; init; }

    [JsonPropertyName("extensions")]
    public required IReadOnlyList<string> Extensions { get; init; }
}
