using System.Globalization;
using Microsoft.Data.Sqlite;
using PolarGrid.Edge.Storage;

namespace PolarGrid.Edge.Accounting;

/// <summary>Reads the sums by day. What it shows is on disk. Safe from any thread; the creator disposes it.</summary>
public sealed class UsageReader : IDisposable
{
    /// <summary>Its own text: with the key as a condition that may be absent, SQLite would read everybody's.</summary>
    internal const string SumsOfKey = Sums + " AND key_id = $key" + Order;

    private const string SumsOfAll = Sums + Order;

    private const string Sums =
        """
        SELECT key_id, day, model, kind, requests, failed, cancelled, prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens,
            characters, spoken_ms, heard_ms
        FROM usage_days
        WHERE day >= $from AND day <= $to
        """;

    private const string Order = " ORDER BY day, key_id, model, kind";

    private readonly SharedConnection tables;

    private UsageReader(SharedConnection tables) => this.tables = tables;

    /// <param name="dataFolder">Made when it is missing.</param>
    /// <param name="time">For the rest behind a locked database.</param>
    /// <exception cref="DataFolderException">SQLite is not installed, or the database is newer than this program or locked.</exception>
    public static UsageReader Open(string dataFolder, TimeProvider time)
    {
        DataFolder.Ensure(dataFolder);
        return new UsageReader(new SharedConnection(EdgeDatabase.Open(dataFolder), time));
    }

    /// <param name="keyId">Whose; null: everybody's.</param>
    /// <param name="from">The first day, in UTC.</param>
    /// <param name="to">The last day, itself included.</param>
    /// <returns>Ordered by day, key, model and kind; days without requests are not there.</returns>
    /// <exception cref="DatabaseBusyException">Another program keeps the database locked.</exception>
    public IReadOnlyList<UsageSum> Read(string? keyId, DateOnly from, DateOnly to) => keyId is null
        ? tables.Query(Row, SumsOfAll, ("$from", Text(from)), ("$to", Text(to)))
        : tables.Query(Row, SumsOfKey, ("$key", keyId), ("$from", Text(from)), ("$to", Text(to)));

    public void Dispose() => tables.Dispose();

    /// <summary>A day as it is stored; sorts as time does.</summary>
    internal static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static UsageSum Row(SqliteDataReader row) => new(
        row.GetString(0),
        DateOnly.ParseExact(row.GetString(1), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        row.GetString(2),
        row.GetString(3),
        new UsageCounts(
            row.GetInt64(4),
            row.GetInt64(5),
            row.GetInt64(6),
            row.GetInt64(7),
            row.GetInt64(8),
            row.GetInt64(9),
            row.GetInt64(10),
            row.GetInt64(11),
            row.GetInt64(12),
            row.GetInt64(13)));
}
