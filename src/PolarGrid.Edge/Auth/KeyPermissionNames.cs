namespace PolarGrid.Edge.Auth;

/// <summary>The documented spelling of permissions.</summary>
public static class KeyPermissionNames
{
    public static string ToName(this KeyPermission permission) => permission switch
    {
        KeyPermission.ReadOnly => "read-only",
        KeyPermission.ReadWrite => "read-write",
        _ => "admin",
    };

    /// <summary>Null when there is no permission of that name.</summary>
    public static KeyPermission? Parse(string name) => name switch
    {
        "read-only" => KeyPermission.ReadOnly,
        "read-write" => KeyPermission.ReadWrite,
        "admin" => KeyPermission.Admin,
        _ => null,
    };
}
