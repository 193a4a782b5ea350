using Microsoft.Data.Sqlite;
using PolarGrid.Edge.Storage;

namespace PolarGrid.Edge.Auth;

/// <summary>The table of keys. Its members are safe from any thread.</summary>
/// <param name="folder">The data folder; exists.</param>
/// <param name="time">For the rest behind a locked database.</param>
/// <exception cref="DatabaseBusyException">Thrown by all members when another program keeps the database locked.</exception>
internal sealed class KeyStore(string folder, TimeProvider time) : IDisposable
{
    private const string Columns = "id, hash, name, permission, last_four, created, revoked, profile, requests_per_minute";

    private readonly SharedConnection table = new(EdgeDatabase.Open(folder), time);

    /// <summary>The row of a hash, revoked or not.</summary>
    public StoredKey? Find(KeyHash hash) =>
        table.Query(Row, $"SELECT {Columns} FROM api_keys WHERE hash = $hash", ("$hash", hash.ToBytes())).FirstOrDefault();

    public IReadOnlyList<StoredKey> All() =>
        table.Query(Row, $"SELECT {Columns} FROM api_keys ORDER BY created, rowid");

    public void Add(StoredKey key) => table.Run(
        """
        INSERT INTO api_keys (id, hash, name, permission, last_four, created, profile, requests_per_minute)
        VALUES ($id, $hash, $name, $permission, $lastFour, $created, $profile, $requests)
        """,
        ("$id", key.Info.Id),
        ("$hash", key.Hash.ToBytes()),
        ("$name", key.Info.Name),
        ("$permission", key.Info.Permission.ToName()),
        ("$lastFour", key.Info.LastFour),
        ("$created", key.Info.Created.ToUnixTimeSeconds()),
        ("$profile", (object?)key.Info.Profile?.Name ?? DBNull.Value),
        ("$requests", (object?)key.Info.RequestsPerMinute ?? DBNull.Value));

    /// <returns>False when no key that works has this id.</returns>
    public bool LimitRequests(string id, int? requestsPerMinute) => table.Run(
        "UPDATE api_keys SET requests_per_minute = $requests WHERE id = $id AND revoked IS NULL",
        ("$requests", (object?)requestsPerMinute ?? DBNull.Value),
        ("$id", id)) > 0;

    /// <returns>False when nothing was there to revoke.</returns>
    public bool Revoke(string id, DateTimeOffset when) => table.Run(
        "UPDATE api_keys SET revoked = $when WHERE id = $id AND revoked IS NULL",
        ("$when", when.ToUnixTimeSeconds()),
        ("$id", id)) > 0;

    public void Dispose() => table.Dispose();

    private static StoredKey Row(SqliteDataReader reader) => new(
        KeyHash.Read(reader.GetFieldValue<byte[]>(1)),
        new KeyInfo(
            reader.GetString(0),
            reader.GetString(2),
            KeyPermissionNames.Parse(reader.GetString(3)) ?? KeyPermission.ReadOnly,
            reader.GetString(4),
            DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(5)),
            reader.IsDBNull(6) ? null : DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(6)))
        {
            Profile = reader.IsDBNull(7) ? null : ApiProfile.Find(reader.GetString(7)),
            RequestsPerMinute = reader.IsDBNull(8) ? null : reader.GetInt32(8),
        });
}

/// <summary>A row: what people see, and the hash.</summary>
internal sealed record StoredKey(KeyHash Hash, KeyInfo Info);
