using System.Text;
using Microsoft.Data.Sqlite;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Storage;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Auth;

public sealed class SqliteKeyDirectoryTests : IDisposable
{
    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("polargrid-keys-").FullName, "data");
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void Created_key_is_found_and_survives_a_restart()
    {
        CreatedKey created;
        using (var keys = Open())
        {
            created = keys.Create("laptop", KeyPermission.ReadWrite);
            keys.Find(created.Key).ShouldBe(new Caller(created.Info.Id, KeyPermission.ReadWrite));
        }

        using var reopened = Open();
        reopened.Find(created.Key).ShouldBe(new Caller(created.Info.Id, KeyPermission.ReadWrite));
        reopened.List().ShouldBe([created.Info with { Created = DateTimeOffset.FromUnixTimeSeconds(created.Info.Created.ToUnixTimeSeconds()) }]);
    }

    [Fact]
    public void Profile_of_a_key_survives_a_restart()
    {
        CreatedKey created;
        using (var keys = Open()) created = keys.Create("laptop", KeyPermission.ReadOnly, ApiProfile.OpenAI);

        using var reopened = Open();
        reopened.Find(created.Key)!.Profile.ShouldBe(ApiProfile.OpenAI);
        reopened.List().Single().Profile.ShouldBe(ApiProfile.OpenAI);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public void Limit_of_a_key_survives_a_restart_and_can_be_changed(int? limit)
    {
        CreatedKey created;
        using (var keys = Open()) created = keys.Create("laptop", KeyPermission.ReadOnly, requestsPerMinute: limit);

        using var reopened = Open();
        reopened.Find(created.Key)!.RequestsPerMinute.ShouldBe(limit);
        reopened.LimitRequests(created.Info.Id, 7).ShouldBeTrue();
        reopened.Find(created.Key)!.RequestsPerMinute.ShouldBe(7);
        reopened.List().Single().RequestsPerMinute.ShouldBe(7);
    }

    [Fact]
    public void Limit_changed_by_another_process_holds_within_the_cache_time()
    {
        using var here = Open();
        using var elsewhere = Open();
        var created = here.Create("shared", KeyPermission.ReadOnly);
        elsewhere.Find(created.Key)!.RequestsPerMinute.ShouldBeNull();

        here.LimitRequests(created.Info.Id, 5).ShouldBeTrue();

        time.Advance(TimeSpan.FromSeconds(SqliteKeyDirectory.CacheSeconds));
        elsewhere.Find(created.Key)!.RequestsPerMinute.ShouldBe(5);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void Limit_out_of_range_is_refused(int limit)
    {
        using var keys = Open();
        var created = keys.Create("laptop", KeyPermission.ReadOnly);

        Should.Throw<ArgumentOutOfRangeException>(() => keys.Create("other", KeyPermission.ReadOnly, requestsPerMinute: limit));
        Should.Throw<ArgumentOutOfRangeException>(() => keys.LimitRequests(created.Info.Id, limit));
        keys.Revoke(created.Info.Id);
        keys.LimitRequests(created.Info.Id, 1).ShouldBeFalse();
        keys.LimitRequests("key_unknown", 1).ShouldBeFalse();
    }

    [Fact]
    public void Keys_of_a_database_from_before_profiles_still_work()
    {
        CreatedKey created;
        using (var keys = Open()) created = keys.Create("laptop", KeyPermission.ReadOnly);
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "polargrid.db")};Pooling=False"))
        {
            connection.Open();
            using var back = connection.CreateCommand();
            back.CommandText = "DROP TABLE transcription_jobs; DROP TABLE usage_records; DROP TABLE usage_days; ALTER TABLE api_keys DROP COLUMN profile; ALTER TABLE api_keys DROP COLUMN requests_per_minute; PRAGMA user_version = 1";
            back.ExecuteNonQuery();
        }

        using var reopened = Open();
        reopened.Find(created.Key).ShouldBe(new Caller(created.Info.Id, KeyPermission.ReadOnly));
        reopened.Find(reopened.Create("grid", KeyPermission.ReadOnly, ApiProfile.Grid).Key)!.Profile.ShouldBe(ApiProfile.Grid);
    }

    [Fact]
    public void Key_has_256_bits_and_its_text_is_stored_nowhere()
    {
        string key;
        using (var keys = Open()) key = keys.Create("laptop", KeyPermission.ReadOnly).Key;

        key.ShouldMatch("^pg_[A-Za-z0-9_-]{43}$");
        foreach (var file in Directory.GetFiles(folder))
        {
            Encoding.Latin1.GetString(File.ReadAllBytes(file)).ShouldNotContain(key[..^4], Case.Sensitive, file);
        }
    }

    [Fact]
    public void Files_are_the_owners_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        using var keys = Open();

        File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.GetUnixFileMode(Path.Combine(folder, "keys.pepper")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Bootstrap_makes_one_admin_key_and_shows_it_once()
    {
        using var keys = Open();

        var key = keys.EnsureBootstrapKey(null);

        keys.Find(key)!.Permission.ShouldBe(KeyPermission.Admin);
        keys.EnsureBootstrapKey(null).ShouldBeNull();
        keys.Revoke(keys.List().Single().Id);
        keys.EnsureBootstrapKey("").ShouldNotBeNull();
    }

    [Fact]
    public void Operators_key_is_taken_over_and_not_shown()
    {
        const string Key = "pg_operators-own-key_1234";
        using var keys = Open();

        keys.EnsureBootstrapKey(Key).ShouldBeNull();
        keys.EnsureBootstrapKey(Key).ShouldBeNull();

        keys.Find(Key)!.Permission.ShouldBe(KeyPermission.Admin);
        keys.List().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("pg_short")]
    [InlineData("pg_has a space in the middle")]
    [InlineData("sk_wrong-prefix-1234567890")]
    public void Operators_key_of_a_wrong_form_is_refused(string key)
    {
        using var keys = Open();

        Should.Throw<ArgumentException>(() => keys.EnsureBootstrapKey(key)).Message.ShouldContain("must begin with pg_");
    }

    [Fact]
    public void Key_revoked_by_another_process_stops_within_the_cache_time()
    {
        using var here = Open();
        using var elsewhere = Open();
        var created = here.Create("shared", KeyPermission.ReadOnly);
        elsewhere.Find(created.Key).ShouldNotBeNull();

        here.Revoke(created.Info.Id);

        elsewhere.Find(created.Key).ShouldNotBeNull();
        time.Advance(TimeSpan.FromSeconds(SqliteKeyDirectory.CacheSeconds));
        elsewhere.Find(created.Key).ShouldBeNull();
        here.Find(created.Key).ShouldBeNull();
        here.Revoke(created.Info.Id).ShouldBeFalse();
    }

    [Fact]
    public void Looking_up_a_known_key_allocates_nothing()
    {
        using var keys = Open();
        var key = keys.Create("hot", KeyPermission.ReadOnly).Key;
        for (var warm = 0; warm < 100; warm++) keys.Find(key);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < 1000; count++) keys.Find(key);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Lost_pepper_stops_the_start_with_a_way_out()
    {
        using (var keys = Open()) keys.Create("laptop", KeyPermission.ReadOnly);
        File.Delete(Path.Combine(folder, "keys.pepper"));

        Should.Throw<DataFolderException>(Open).Message.ShouldContain("Restore the file");
    }

    [Fact]
    public void Database_of_a_newer_program_is_refused()
    {
        using (Open())
        {
        }

        using (var store = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder, "polargrid.db")};Pooling=False"))
        {
            store.Open();
            using var command = store.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        Should.Throw<DataFolderException>(Open).Message.ShouldContain("newer version");
    }

    [Fact]
    public async Task Two_servers_that_start_together_agree_on_the_pepper()
    {
        var directories = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Open)));

        var key = directories[0].Create("one", KeyPermission.ReadOnly).Key;
        directories.ShouldAllBe(keys => keys.Find(key) != null);
        foreach (var keys in directories) keys.Dispose();
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    private SqliteKeyDirectory Open() => SqliteKeyDirectory.Open(folder, time);
}
