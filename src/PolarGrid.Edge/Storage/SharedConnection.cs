using Microsoft.Data.Sqlite;

namespace PolarGrid.Edge.Storage;

/// <summary>
/// A connection to the edge's database that threads take turns at. A statement that finds the database locked fails after
/// <see cref="EdgeDatabase.Patience"/>, and so do, at once, those that come within <see cref="Rest"/> behind it: else each of many requests
/// would wait for its turn to wait.
/// </summary>
internal sealed class SharedConnection(SqliteConnection connection, TimeProvider time) : IDisposable
{
    /// <summary>How long a locked database is not tried again, and what requests are told to wait.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private const int Busy = 5, Locked = 6; // SQLITE_BUSY and SQLITE_LOCKED.

    private readonly Lock gate = new();
    private long? readsFailed, writesFailed;

    /// <summary>Whether another connection is to blame.</summary>
    public static bool IsLocked(SqliteException failure) => failure.SqliteErrorCode is Busy or Locked;

    /// <returns>How many rows were changed.</returns>
    /// <exception cref="DatabaseBusyException">The database is locked.</exception>
    public int Run(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        lock (gate)
        {
            using var command = Command(sql, parameters);
            return Try(ref writesFailed, command, static command => command.ExecuteNonQuery());
        }
    }

    /// <summary>All rows of a query.</summary>
    /// <exception cref="DatabaseBusyException">The database is locked.</exception>
    public List<T> Query<T>(Func<SqliteDataReader, T> row, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        lock (gate)
        {
            using var command = Command(sql, parameters);
            return Try(ref readsFailed, command, command =>
            {
                using var reader = command.ExecuteReader();
                var rows = new List<T>();
                while (reader.Read()) rows.Add(row(reader));
                return rows;
            });
        }
    }

    public void Dispose() => connection.Dispose();

    private T Try<T>(ref long? failed, SqliteCommand command, Func<SqliteCommand, T> work)
    {
        if (failed is { } when && time.GetElapsedTime(when) < Rest) throw new DatabaseBusyException("The database was locked a moment ago.");
        try
        {
            failed = null;
            return work(command);
        }
        catch (SqliteException locked) when (IsLocked(locked))
        {
            failed = time.GetTimestamp();
            throw new DatabaseBusyException($"The database {connection.DataSource} is locked by another program.", locked);
        }
    }

    // Every text that comes here is a constant of its class; values travel as parameters.
#pragma warning disable CA2100
    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
#pragma warning restore CA2100
}
