namespace PolarGrid.Edge.Auth;

/// <summary>
/// Endpoint metadata: what a key must be allowed to do here. An endpoint without it needs <see cref="KeyPermission.Admin"/>.
/// </summary>
internal sealed record RequiredPermission(KeyPermission Permission);

/// <summary>
/// Endpoint metadata: for people with a browser, which cannot send a bearer token. The key is also taken as the password of HTTP Basic
/// (RFC 7617), whatever the user name, and a refusal makes the browser ask for it.
/// </summary>
internal sealed class OpenToBrowsers;

/// <summary>Endpoint metadata: a WebSocket whose key may be among its subprotocols; see <see cref="SubprotocolKeys"/>.</summary>
internal sealed class OpenToSubprotocolKeys;

/// <summary>Endpoint metadata: no key is asked for.</summary>
internal sealed class OpenToAnyone;
