using Microsoft.Data.Sqlite;
using PolarGrid.Edge.Storage;

namespace PolarGrid.Edge.Auth;

/// <summary>The table of keys. One connection, used by one thread at a time.</summary>
internal sealed class KeyStore : IDisposable
{
    private const string Columns = "id, hash, name, permission, last_four, created, revoked, profile, requests_per_minute";

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;

    public KeyStore(string folder) => connection = EdgeDatabase.Open(folder);

    /// <summary>The row of a hash, revoked or not.</summary>
    public StoredKey? Find(KeyHash hash) =>
        Query($"SELECT {Columns} FROM api_keys WHERE hash = $hash", ("$hash", hash.ToBytes())).FirstOrDefault();

    public IReadOnlyList<StoredKey> All() =>
        Query($"SELECT {Columns} FROM api_keys ORDER BY created, rowid");

    public void Add(StoredKey key) => Run(
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
    public bool LimitRequests(string id, int? requestsPerMinute) => Run(
        "UPDATE api_keys SET requests_per_minute = $requests WHERE id = $id AND revoked IS NULL",
        ("$requests", (object?)requestsPerMinute ?? DBNull.Value),
        ("$id", id)) > 0;

    /// <returns>False when nothing was there to revoke.</returns>
    public bool Revoke(string id, DateTimeOffset when) => Run(
        "UPDATE api_keys SET revoked = $when WHERE id = $id AND revoked IS NULL",
        ("$when", when.ToUnixTimeSeconds()),
        ("$id", id)) > 0;

    public void Dispose() => connection.Dispose();

    private int Run(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        lock (gate)
        {
            using var command = Command(sql, parameters);
            return command.ExecuteNonQuery();
        }
    }

    private List<StoredKey> Query(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        lock (gate)
        {
            using var command = Command(sql, parameters);
            using var reader = command.ExecuteReader();
            var rows = new List<StoredKey>();
            while (reader.Read()) rows.Add(Row(reader));
            return rows;
        }
    }

    // Every text is a constant of this class; values travel as parameters.
#pragma warning disable CA2100
    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
#pragma warning restore CA2100

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
