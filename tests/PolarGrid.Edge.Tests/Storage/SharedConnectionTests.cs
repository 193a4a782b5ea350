using System.Diagnostics;
using Microsoft.Data.Sqlite;
using PolarGrid.Edge.Storage;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Storage;

/// <summary>What a second program that keeps the database locked does to a statement.</summary>
public sealed class SharedConnectionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new();
    private readonly SharedConnection shared;

    public SharedConnectionTests()
    {
        shared = new SharedConnection(EdgeDatabase.Open(folder.Path), time);
        shared.Run("CREATE TABLE things (name TEXT) STRICT");
    }

    public void Dispose()
    {
        shared.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_locked_database_fails_within_its_patience_and_then_at_once_until_it_has_rested()
    {
        using (LockAgainstWriting())
        {
            var started = Stopwatch.StartNew();
            Should.Throw<DatabaseBusyException>(Write);
            started.Elapsed.ShouldBeInRange(EdgeDatabase.Patience - TimeSpan.FromMilliseconds(200), EdgeDatabase.Patience + TimeSpan.FromSeconds(5));
        }

        Should.Throw<DatabaseBusyException>(Write).InnerException.ShouldBeNull("nobody asked the database");
        time.Advance(SharedConnection.Rest);
        Write();
        Read().ShouldBe(["a"]);
    }

    [Fact]
    public void Who_writes_elsewhere_keeps_nobody_from_reading()
    {
        Write();
        using (LockAgainstWriting())
        {
            Should.Throw<DatabaseBusyException>(Write);
            Read().ShouldBe(["a"]);
        }
    }

    [Fact]
    public void A_database_that_is_locked_against_reading_fails_to_read_too()
    {
        var file = Path.Combine(folder.Path, "unshared.db");
        using var other = Connect(file);
        Execute(other, "PRAGMA journal_mode = DELETE; CREATE TABLE things (name TEXT) STRICT");
        using var ours = Connect(file);
        ours.DefaultTimeout = 1;
        var locked = new SharedConnection(ours, time);
        Execute(other, "BEGIN EXCLUSIVE");

        Should.Throw<DatabaseBusyException>(() => Read(locked));

        Execute(other, "ROLLBACK");
        time.Advance(SharedConnection.Rest);
        Read(locked).ShouldBeEmpty();
    }

    [Fact]
    public void A_locked_database_cannot_be_opened_and_the_message_says_what_to_do()
    {
        using var locked = LockAgainstWriting();

        var failure = Should.Throw<DataFolderException>(() => EdgeDatabase.Open(folder.Path));

        failure.Message.ShouldContain("polargrid.db");
        failure.Message.ShouldContain("locked");
    }

    [Fact]
    public void Other_failures_stay_what_they_are() =>
        Should.Throw<SqliteException>(() => shared.Run("INSERT INTO nowhere VALUES (1)"));

    private void Write() => shared.Run("INSERT INTO things VALUES ($name)", ("$name", "a"));

    private List<string> Read() => Read(shared);

    private static List<string> Read(SharedConnection from) => from.Query(row => row.GetString(0), "SELECT name FROM things");

    private SqliteConnection LockAgainstWriting()
    {
        var connection = Connect(Path.Combine(folder.Path, "polargrid.db"));
        Execute(connection, "BEGIN IMMEDIATE");
        return connection;
    }

    private static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
