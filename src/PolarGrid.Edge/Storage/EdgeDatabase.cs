using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PolarGrid.Edge.Storage;

/// <summary>The edge's own database in the data folder.</summary>
internal static class EdgeDatabase
{
    /// <summary>
    /// How long a statement waits for another program that keeps the database locked: longer than anything that this program writes
    /// takes, and short enough for somebody who waits for an answer.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private const string FileName = "polargrid.db";

    /// <summary>A connection to it, brought to this program's schema. The caller disposes it.</summary>
    /// <param name="folder">Exists.</param>
    /// <exception cref="DataFolderException">
    /// SQLite is not installed, the database is newer than this program, or another program keeps it locked.
    /// </exception>
    public static SqliteConnection Open(string folder)
    {
        SystemSqlite.EnsureLoaded();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(folder, FileName), Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false,
        }.ToString());
        try
        {
            connection.Open();

            // SQLite waits; the connection's own limit, whole seconds, is over by then, else the waiting would begin anew.
            connection.DefaultTimeout = 1;

            // FULL: what was acknowledged survives a power cut.
            Set(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {Patience.TotalMilliseconds:0}"));
            Set(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
            Migrations.Apply(connection);
            return connection;
        }
        catch (SqliteException locked) when (SharedConnection.IsLocked(locked))
        {
            connection.Dispose();
            throw new DataFolderException($"The database {connection.DataSource} is locked by another program. Try again when that is done, or end it.", locked);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // The only texts that come here are those above.
#pragma warning disable CA2100
    private static void Set(SqliteConnection connection, string pragmas)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragmas;
        command.ExecuteNonQuery();
    }
#pragma warning restore CA2100
}
