namespace PolarGrid.Edge.Auth;

/// <summary>Who sent a request, as its key says.</summary>
/// <param name="KeyId">Names the key in logs and separates tenants; says nothing about its secret.</param>
/// <param name="Permission">What it may do.</param>
public sealed record Caller(string KeyId, KeyPermission Permission)
{
    /// <summary>Of its requests, unless they say otherwise; null: the server's setting.</summary>
    public ApiProfile? Profile { get; init; }

    /// <summary>Inference requests of a minute, 0: no limit; null: the server's setting.</summary>
    public int? RequestsPerMinute { get; init; }
}
