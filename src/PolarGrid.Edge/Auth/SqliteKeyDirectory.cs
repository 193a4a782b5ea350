using System.Collections.Concurrent;
using System.Security.Cryptography;
using PolarGrid.Edge.Limits;
using PolarGrid.Edge.Storage;

namespace PolarGrid.Edge.Auth;

/// <summary>Keys in an SQLite file of the data folder, with a cache in front so that the hot path does no SQL.</summary>
/// <remarks>The creator disposes it.</remarks>
public sealed class SqliteKeyDirectory : IKeyDirectory, IDisposable
{
    /// <summary>How long a key that was found is trusted without a look at the table.</summary>
    public const int CacheSeconds = 30;

    private const int LongestName = 100, CacheCapacity = 10_000;
    private readonly ConcurrentDictionary<KeyHash, CachedKey> cache = new();
    private readonly KeyStore store;
    private readonly byte[] pepper;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private int changes;

    private SqliteKeyDirectory(KeyStore store, byte[] pepper, TimeProvider time)
    {
        this.store = store;
        this.pepper = pepper;
        this.time = time;
    }

    /// <summary>Opens the folder's keys; makes folder, database and pepper when they are missing.</summary>
    /// <exception cref="DataFolderException">
    /// SQLite is not installed, the database is newer than this program or locked, or the pepper is missing or damaged.
    /// </exception>
    public static SqliteKeyDirectory Open(string dataFolder, TimeProvider time)
    {
        DataFolder.Ensure(dataFolder);
        var store = new KeyStore(dataFolder, time);
        try
        {
            return new SqliteKeyDirectory(store, Pepper.Load(dataFolder, mayCreate: store.All().Count == 0), time);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public Caller? Find(ReadOnlySpan<char> key)
    {
        if (!KeyText.IsWellFormed(key)) return null;
        var hash = KeyText.Hash(key, pepper);
        var now = time.GetTimestamp();
        if (cache.TryGetValue(hash, out var cached) && time.GetElapsedTime(cached.Read, now).TotalSeconds < CacheSeconds)
        {
            return cached.Caller;
        }

        return Load(hash, now);
    }

    public CreatedKey Create(string name, KeyPermission permission, ApiProfile? profile = null, int? requestsPerMinute = null)
    {
        CheckRate(requestsPerMinute);
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName)
        {
            throw new ArgumentException($"A key's name has 1 to {LongestName} characters.", nameof(name));
        }

        var key = KeyText.Generate();
        return new CreatedKey(key, Add(key, name, permission, profile, requestsPerMinute));
    }

    public IReadOnlyList<KeyInfo> List() => [.. store.All().Select(row => row.Info)];

    public bool LimitRequests(string id, int? requestsPerMinute)
    {
        CheckRate(requestsPerMinute);
        var changed = store.LimitRequests(id, requestsPerMinute);
        Forget();
        return changed;
    }

    public bool Revoke(string id)
    {
        var revoked = store.Revoke(id, time.GetUtcNow());
        Forget();
        return revoked;
    }

    public string? EnsureBootstrapKey(string? fromEnvironment)
    {
        if (!string.IsNullOrEmpty(fromEnvironment))
        {
            Adopt(fromEnvironment);
            return null;
        }

        return store.All().Any(row => row.Info.Revoked is null) ? null : Create("first key", KeyPermission.Admin).Key;
    }

    public void Dispose() => store.Dispose();

    private static void CheckRate(int? requestsPerMinute)
    {
        if (requestsPerMinute is < RequestRate.Unlimited or > RequestRate.Most)
        {
            throw new ArgumentOutOfRangeException(
                nameof(requestsPerMinute), requestsPerMinute, $"Requests per minute are {RequestRate.Unlimited} (no limit) to {RequestRate.Most}.");
        }
    }

    /// <summary>What is cached is read anew.</summary>
    private void Forget()
    {
        lock (gate)
        {
            changes++;
            cache.Clear();
        }
    }

    private void Adopt(string key)
    {
        if (!KeyText.IsWellFormed(key))
        {
            throw new ArgumentException(
                $"The bootstrap key must begin with {KeyText.Prefix} followed by {KeyText.ShortestSecret} to {KeyText.LongestSecret} " +
                "letters, digits, '-' or '_'.",
                nameof(key));
        }

        if (store.Find(KeyText.Hash(key, pepper)) is null) Add(key, "bootstrap", KeyPermission.Admin);
    }

    private KeyInfo Add(string key, string name, KeyPermission permission, ApiProfile? profile = null, int? requestsPerMinute = null)
    {
        var id = "key_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var info = new KeyInfo(id, name, permission, key[^4..], time.GetUtcNow(), null) { Profile = profile, RequestsPerMinute = requestsPerMinute };
        store.Add(new StoredKey(KeyText.Hash(key, pepper), info));
        return info;
    }

    private Caller? Load(KeyHash hash, long now)
    {
        var seen = Volatile.Read(ref changes);
        if (store.Find(hash) is not { Info.Revoked: null } row || !row.Hash.FixedTimeEquals(hash))
        {
            cache.TryRemove(hash, out _);
            return null;
        }

        // Only keys that exist come in here, so a stranger cannot fill it; the bound is for very many keys.
        var caller = new Caller(row.Info.Id, row.Info.Permission) { Profile = row.Info.Profile, RequestsPerMinute = row.Info.RequestsPerMinute };
        lock (gate)
        {
            if (cache.Count >= CacheCapacity) cache.Clear();

            // A key that was changed between the look at the table and here must not come back as it was.
            if (seen == changes) cache[hash] = new CachedKey(caller, now);
        }

        return caller;
    }

    private sealed record CachedKey(Caller Caller, long Read);
}
