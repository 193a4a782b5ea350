using Microsoft.Data.Sqlite;

namespace PolarGrid.Edge.Storage;

/// <summary>The edge's own database in the data folder.</summary>
internal static class EdgeDatabase
{
    private const string FileName = "polargrid.db";

    /// <summary>A connection to it, brought to this program's schema. The caller disposes it.</summary>
    /// <param name="folder">Exists.</param>
    /// <exception cref="DataFolderException">SQLite is not installed, or the database is newer than this program.</exception>
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

            // FULL: what was acknowledged survives a power cut. The timeout covers a second process that is writing.
            Set(connection, "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
            Migrations.Apply(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // The only text that comes here is the one above.
#pragma warning disable CA2100
    private static void Set(SqliteConnection connection, string pragmas)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragmas;
        command.ExecuteNonQuery();
    }
#pragma warning restore CA2100
}
