namespace PolarGrid.Edge.Auth;

/// <summary>
/// Knows the API keys. All members are safe from any thread, and throw <see cref="Storage.DatabaseBusyException"/> where the keys are in a
/// database that another program keeps locked.
/// </summary>
public interface IKeyDirectory
{
    /// <summary>Whose key this is; null when it is malformed, unknown or revoked. Does no I/O for a key seen recently.</summary>
    Caller? Find(ReadOnlySpan<char> key);

    /// <summary>Makes a key. Its text is in the result and nowhere else, now or later.</summary>
    /// <param name="name">For people, 1 to 100 characters.</param>
    /// <param name="permission">What it may do.</param>
    /// <param name="profile">Whose documentation its requests follow unless they say otherwise; null: the server's setting.</param>
    /// <param name="requestsPerMinute">0, which is no limit, to <see cref="Limits.RequestRate.Most"/>; null: the server's setting.</param>
    CreatedKey Create(string name, KeyPermission permission, ApiProfile? profile = null, int? requestsPerMinute = null);

    /// <summary>
    /// Changes how many inference requests a key may send in a minute. At once in this process; another one notices as with
    /// <see cref="Revoke"/>.
    /// </summary>
    /// <param name="id">Of the key.</param>
    /// <param name="requestsPerMinute">As for <see cref="Create"/>.</param>
    /// <returns>False when no key that works has this id.</returns>
    bool LimitRequests(string id, int? requestsPerMinute);

    /// <summary>All keys, revoked ones included, oldest first.</summary>
    IReadOnlyList<KeyInfo> List();

    /// <summary>
    /// Ends a key. At once in this process; another process on the same folder notices within
    /// <see cref="SqliteKeyDirectory.CacheSeconds"/>.
    /// </summary>
    /// <returns>False when there is no such key, or it was revoked before.</returns>
    bool Revoke(string id);

    /// <summary>
    /// Makes sure that somebody can get in: takes over the key that the operator gave, else makes a first admin key when there is
    /// none that still works.
    /// </summary>
    /// <param name="fromEnvironment">The operator's key (<c>POLARGRID_BOOTSTRAP_KEY</c>), or null.</param>
    /// <returns>The key to show once, when one was made here; else null.</returns>
    /// <exception cref="ArgumentException">The operator's key has not the form of a key.</exception>
    string? EnsureBootstrapKey(string? fromEnvironment);
}

/// <summary>A key as people see it later.</summary>
/// <param name="Id">For <see cref="IKeyDirectory.Revoke"/>.</param>
/// <param name="Name">Given at creation.</param>
/// <param name="Permission">What it may do.</param>
/// <param name="LastFour">Its last four characters.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Revoked">When it was ended; null while it works.</param>
public sealed record KeyInfo(
    string Id, string Name, KeyPermission Permission, string LastFour, DateTimeOffset Created, DateTimeOffset? Revoked)
{
    /// <summary>Of its requests, unless they say otherwise; null: the server's setting.</summary>
    public ApiProfile? Profile { get; init; }

    /// <summary>Inference requests of a minute, 0: no limit; null: the server's setting.</summary>
    public int? RequestsPerMinute { get; init; }
}

/// <summary>A new key.</summary>
/// <param name="Key">The secret text, to be shown once.</param>
/// <param name="Info">What stays known of it.</param>
public sealed record CreatedKey(string Key, KeyInfo Info);
