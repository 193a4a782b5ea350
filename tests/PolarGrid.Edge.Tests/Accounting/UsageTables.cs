using Microsoft.Data.Sqlite;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing;

namespace PolarGrid.Edge.Tests.Accounting;

/// <summary>Looks into the tables of usage, and breaks them.</summary>
internal sealed class UsageTables(string folder)
{
    public UsageTables(EdgeServer server)
        : this(server.DataFolder)
    {
    }

    public static string Columns =>
        "kind || '|' || model || '|' || status || '|' || outcome || '|prompt ' || prompt_tokens || '|cached ' || cached_tokens || '|completion ' || completion_tokens"
        + " || '|reasoning ' || reasoning_tokens || '|characters ' || characters || '|spoken ' || spoken_ms || '|heard ' || heard_ms";

    /// <summary>The records in the order in which they were written.</summary>
    public IReadOnlyList<string> Records() => Query($"SELECT {Columns} FROM usage_records ORDER BY rowid");

    /// <summary>Waits for so many records.</summary>
    public async Task<IReadOnlyList<string>> RecordsAsync(int count)
    {
        await Until.TrueAsync(() => Records().Count >= count);
        return Records();
    }

    /// <summary>How SQLite would carry it out.</summary>
    public IReadOnlyList<string> Plan(string sql) => Query("EXPLAIN QUERY PLAN " + sql, column: 3);

    public IReadOnlyList<string> Query(string sql, int column = 0)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(reader.GetString(column));
        return rows;
    }

    public void Execute(string sql)
    {
        using var connection = Open();
        Run(connection, sql);
    }

    /// <summary>Writing fails until <see cref="Mend"/>.</summary>
    public void Break() => Execute("ALTER TABLE usage_days RENAME TO away");

    public void Mend() => Execute("ALTER TABLE away RENAME TO usage_days");

    /// <summary>Nobody else can write until it is disposed.</summary>
    public IDisposable Lock()
    {
        var connection = Open();
        Run(connection, "BEGIN IMMEDIATE");
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "polargrid.db")};Pooling=False");
        connection.Open();
        return connection;
    }
}
