using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PolarGrid.Edge.Storage;

/// <summary>
/// Brings a database to this program's schema: numbered SQL files, each run once inside its own transaction. The number of the
/// last one is SQLite's <c>user_version</c>.
/// </summary>
internal static class Migrations
{
    private const string Prefix = "PolarGrid.Edge.Storage.Migrations.";

    /// <exception cref="DataFolderException">The database was written by a newer program.</exception>
    public static void Apply(SqliteConnection connection)
    {
        var all = Load();
        Execute(connection, "BEGIN IMMEDIATE");
        try
        {
            var current = Version(connection);
            if (current > all.Count)
            {
                throw new DataFolderException(
                    $"The database {connection.DataSource} has schema {current}, this program knows up to {all.Count}: it was " +
                    "written by a newer version. Update PolarGrid or use another data folder.");
            }

            foreach (var sql in all.Skip(current)) Execute(connection, sql);
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {all.Count}"));
            Execute(connection, "COMMIT");
        }
        catch
        {
            Execute(connection, "ROLLBACK");
            throw;
        }
    }

    private static List<string> Load()
    {
        var assembly = typeof(Migrations).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                    return reader.ReadToEnd();
                }),
        ];
    }

    private static int Version(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    // The only texts that come here are this assembly's own files and the statements above.
#pragma warning disable CA2100
    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
#pragma warning restore CA2100
}
