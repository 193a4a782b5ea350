namespace PolarGrid.Edge.Auth;

/// <summary>
/// Endpoint metadata: what a key must be allowed to do here. An endpoint without it needs <see cref="KeyPermission.Admin"/>.
/// </summary>
internal sealed record RequiredPermission(KeyPermission Permission);

/// <summary>Endpoint metadata: no key is asked for.</summary>
internal sealed class OpenToAnyone;
