namespace PolarGrid.Edge.Auth;

/// <summary>Who sent a request, as its key says.</summary>
/// <param name="KeyId">Names the key in logs and separates tenants; says nothing about its secret.</param>
/// <param name="Permission">What it may do.</param>
public sealed record Caller(string KeyId, KeyPermission Permission);
