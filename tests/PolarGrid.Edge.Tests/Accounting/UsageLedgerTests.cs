using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PolarGrid.Edge.Accounting;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Edge.Tests.Observability;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Accounting;

public sealed class UsageLedgerTests : IDisposable
{
    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("polargrid-usage-").FullName, "data");
    private readonly FakeTimeProvider time = new();
    private readonly CapturedLogs logs = new();
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    [Fact]
    public async Task Records_of_many_threads_are_all_there_when_it_has_been_disposed()
    {
        await using (var ledger = Open())
        {
            await Task.WhenAll(Enumerable.Range(0, 1000).Select(index => Task.Run(() => ledger.AddAsync(Record($"req_{index}", prompt: 3, completion: 2)).AsTask())));
        }

        var sum = Sums().ShouldHaveSingleItem();
        sum.Counts.ShouldBe(new UsageCounts(1000, 0, 0, 3000, 0, 2000, 0, 0, 0, 0));
        Tables().Records().Count.ShouldBe(1000);
    }

    [Fact]
    public async Task Sums_go_on_after_a_restart()
    {
        await using (var ledger = Open()) await ledger.AddAsync(Record("req_1", prompt: 5));
        await using (var ledger = Open()) await ledger.AddAsync(Record("req_2", prompt: 7));

        Sums().ShouldHaveSingleItem().Counts.PromptTokens.ShouldBe(12);
    }

    [Fact]
    public async Task A_record_that_comes_twice_counts_once()
    {
        await using (var ledger = Open())
        {
            await ledger.AddAsync(Record("req_1", prompt: 5));
            await ledger.AddAsync(Record("req_1", prompt: 5));
        }

        await using (var ledger = Open()) await ledger.AddAsync(Record("req_1", prompt: 5));

        Sums().ShouldHaveSingleItem().Counts.ShouldBe(new UsageCounts(1, 0, 0, 5, 0, 0, 0, 0, 0, 0));
    }

    [Fact]
    public async Task Days_keys_models_and_kinds_are_counted_apart()
    {
        var now = time.GetUtcNow();
        await using (var ledger = Open())
        {
            await ledger.AddAsync(Record("req_1") with { Ended = now.Date.AddTicks(-1), Model = "b" });
            await ledger.AddAsync(Record("req_2") with { Outcome = UsageOutcome.Failed, Model = null });
            await ledger.AddAsync(Record("req_3") with { Outcome = UsageOutcome.Cancelled });
            await ledger.AddAsync(Record("req_4") with { Kind = UsageKind.Speech, Characters = 20, SpokenSeconds = 1.2345 });
            await ledger.AddAsync(Record("req_5") with { Kind = UsageKind.Speech, Characters = 2, SpokenSeconds = 0.001 });
            await ledger.AddAsync(Record("req_6") with { KeyId = "key_b", Kind = UsageKind.LiveTranscription, HeardSeconds = 3.5 });
        }

        Sums().Select(sum => $"{sum.Day:dd} {sum.KeyId} {sum.Model} {sum.Kind} {sum.Counts.Requests}/{sum.Counts.Failed}/{sum.Counts.Cancelled} {sum.Counts.Characters} {sum.Counts.SpokenMs} {sum.Counts.HeardMs}")
            .ShouldBe(
            [
                "20 key_a b chat 1/0/0 0 0 0",
                "21 key_a  chat 1/1/0 0 0 0",
                "21 key_a m chat 1/0/1 0 0 0",
                "21 key_a m speech 2/0/0 22 1235 0",
                "21 key_b m live_transcription 1/0/0 0 0 3500",
            ]);
        Sums("key_b").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_database_that_fails_is_told_of_once_and_nothing_is_lost_when_it_works_again()
    {
        await using var ledger = Open();
        Tables().Break();

        for (var index = 0; index < 100; index++) ledger.AddAsync(Record($"req_{index}")).IsCompleted.ShouldBeTrue();
        await Until.TrueAsync(() => time.ActiveTimers == 1);
        Tables().Mend();
        time.Advance(TimeSpan.FromSeconds(1));
        await Until.TrueAsync(() => Sums().Sum(sum => sum.Counts.Requests) == 100);

        logs.Lines.Count(line => line.Id.Id == 1201).ShouldBe(1);
        await Until.TrueAsync(() => logs.Lines.Any(line => line.Id.Id == 1202));
        logs.Lines.Single(line => line.Id.Id == 1202).Text.ShouldContain("0 records were lost");
    }

    [Fact]
    public async Task A_database_that_keeps_failing_holds_nobody_up_and_what_is_dropped_is_counted()
    {
        var lost = 0L;
        using var listener = Listen(amount => Interlocked.Add(ref lost, amount));
        await using var ledger = Open(mostWaiting: 10);
        Tables().Break();
        await ledger.AddAsync(Record("req_first"));
        await Until.TrueAsync(() => time.ActiveTimers == 1);

        for (var index = 0; index < 30; index++) await ledger.AddAsync(Record($"req_{index}")).AsTask().WaitAsync(Until.Patience);
        for (var pause = 1; pause <= 4; pause *= 2)
        {
            time.Advance(TimeSpan.FromSeconds(pause));
            await Until.TrueAsync(() => time.ActiveTimers == 1);
        }

        Tables().Mend();
        time.Advance(TimeSpan.FromSeconds(30));
        await Until.TrueAsync(() => Sums().Sum(sum => sum.Counts.Requests) == 11);

        Interlocked.Read(ref lost).ShouldBe(20);
        logs.Lines.Count(line => line.Id.Id == 1201).ShouldBe(1);
        await Until.TrueAsync(() => logs.Lines.Any(line => line.Id.Id == 1202));
        logs.Lines.Single(line => line.Id.Id == 1202).Text.ShouldContain("20 records were lost");
    }

    [Fact]
    public async Task While_the_database_is_slow_callers_wait_and_nothing_is_lost()
    {
        await using var ledger = Open(mostWaiting: 4);
        List<Task> adding;
        using (Tables().Lock())
        {
            adding = [.. Enumerable.Range(0, 20).Select(index => ledger.AddAsync(Record($"req_{index}")).AsTask())];
            adding.ShouldContain(task => !task.IsCompleted);
        }

        await Task.WhenAll(adding).WaitAsync(Until.Patience);

        await Until.TrueAsync(() => Sums().Sum(sum => sum.Counts.Requests) == 20);
        logs.Lines.ShouldNotContain(line => line.Id.Id == 1201);
    }

    [Fact]
    public async Task A_stop_with_a_locked_database_tries_once_and_says_what_is_lost()
    {
        var ledger = Open();
        using (Tables().Lock())
        {
            for (var index = 0; index < 3000; index++) await ledger.AddAsync(Record($"req_{index}"));

            await ledger.DisposeAsync().AsTask().WaitAsync(Until.Patience);
        }

        logs.Lines.Single(line => line.Id.Id == 1203).Text.ShouldContain("3000 records");
        logs.Lines.ShouldNotContain(line => line.Id.Id == 1201);
        Tables().Records().ShouldBeEmpty();
    }

    [Fact]
    public async Task Records_that_wait_for_room_when_it_stops_are_written()
    {
        var ledger = Open(mostWaiting: 4);
        List<Task> adding;
        Task disposing;
        using (Tables().Lock())
        {
            adding = [.. Enumerable.Range(0, 20).Select(index => ledger.AddAsync(Record($"req_{index}")).AsTask())];
            adding.ShouldContain(task => !task.IsCompleted);
            disposing = ledger.DisposeAsync().AsTask();
        }

        await Task.WhenAll([.. adding, disposing]).WaitAsync(Until.Patience);

        Tables().Records().Count.ShouldBe(20);
        logs.Lines.ShouldNotContain(line => line.Id.Id == 1203);
    }

    [Fact]
    public async Task A_record_that_comes_after_the_stop_is_lost_and_told_of()
    {
        var lost = 0L;
        using var listener = Listen(amount => Interlocked.Add(ref lost, amount));
        var ledger = Open();
        await ledger.DisposeAsync();

        await ledger.AddAsync(Record("req_late")).AsTask().WaitAsync(Until.Patience);

        logs.Lines.Count(line => line.Id.Id == 1204).ShouldBe(1);
        Interlocked.Read(ref lost).ShouldBe(1);
    }

    [Fact]
    public async Task A_row_that_the_table_refuses_is_a_failure_and_not_a_repetition()
    {
        await using var ledger = Open();
        Tables().Execute("CREATE UNIQUE INDEX one_of_a_key ON usage_records (key_id)");
        await ledger.AddAsync(Record("req_1"));
        await Until.TrueAsync(() => Tables().Records().Count == 1);

        await ledger.AddAsync(Record("req_2"));
        await Until.TrueAsync(() => logs.Lines.Any(line => line.Id.Id == 1201));

        Tables().Execute("DROP INDEX one_of_a_key");
        await Until.TrueAsync(() => time.ActiveTimers == 1);
        time.Advance(TimeSpan.FromSeconds(1));
        await Until.TrueAsync(() => Sums().Sum(sum => sum.Counts.Requests) == 2);
    }

    [Fact]
    public async Task Old_records_that_cannot_be_removed_do_not_keep_new_ones_from_being_written()
    {
        await using (var ledger = Open()) await ledger.AddAsync(Record("req_recent") with { Ended = time.GetUtcNow().AddDays(-89) });
        Tables().Execute("CREATE TRIGGER kept BEFORE DELETE ON usage_records BEGIN SELECT RAISE(ABORT, 'It stays.'); END");
        time.Advance(TimeSpan.FromDays(2));

        await using (var ledger = Open())
        {
            for (var index = 0; index < 3; index++)
            {
                await ledger.AddAsync(Record($"req_{index}"));
                await Until.TrueAsync(() => Tables().Records().Count == 2 + index);
            }
        }

        logs.Lines.ShouldNotContain(line => line.Id.Id == 1201 || line.Id.Id == 1203);
        logs.Lines.Single(line => line.Id.Id == 1205).Text.ShouldContain("It stays.");
    }

    [Fact]
    public async Task Many_old_records_go_piece_by_piece()
    {
        await using var ledger = Open();
        await ledger.AddAsync(Record("req_first"));
        await Until.TrueAsync(() => Tables().Records().Count == 1);
        Tables().Execute(
            "WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 20000) INSERT INTO usage_records "
            + "SELECT 'old_' || n, 'key_a', n, 'chat', 'm', 200, 'answered', 0, 0, 0, 0, 0, 0, 0 FROM many");
        Tables().Execute("CREATE TABLE pieces (removed INTEGER) STRICT; CREATE TRIGGER counted AFTER DELETE ON usage_records BEGIN INSERT INTO pieces VALUES (1); END");
        time.Advance(TimeSpan.FromDays(1));

        await ledger.AddAsync(Record("req_second"));
        await Until.TrueAsync(() => Tables().Records().Count == 2);

        Tables().Query("SELECT '' || count(*) FROM pieces").ShouldBe(["20000"]);
    }

    [Fact]
    public void One_piece_of_old_records_is_bounded()
    {
        using var store = new UsageStore(folder);
        Tables().Execute(
            "WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 5000) INSERT INTO usage_records "
            + "SELECT 'old_' || n, 'key_a', n, 'chat', 'm', 200, 'answered', 0, 0, 0, 0, 0, 0, 0 FROM many");

        store.Prune(time.GetUtcNow(), most: 2000).ShouldBe(2000);
        store.Prune(time.GetUtcNow(), most: 2000).ShouldBe(2000);
        store.Prune(time.GetUtcNow(), most: 2000).ShouldBe(1000);
    }

    [Fact]
    public async Task The_sums_of_one_key_are_found_without_reading_those_of_others()
    {
        await using (var ledger = Open()) await ledger.AddAsync(Record("req_1"));
        var sql = UsageReader.SumsOfKey.Replace("$key", "'a'", StringComparison.Ordinal).Replace("$from", "'b'", StringComparison.Ordinal).Replace("$to", "'c'", StringComparison.Ordinal);

        var plan = Tables().Plan(sql);

        plan[0].ShouldContain("SEARCH usage_days");
        plan[0].ShouldContain("key_id=?");
    }

    [Fact]
    public async Task A_server_that_stops_with_a_broken_database_says_how_much_is_lost_and_ends()
    {
        var ledger = Open();
        Tables().Break();
        for (var index = 0; index < 5; index++) await ledger.AddAsync(Record($"req_{index}"));

        await ledger.DisposeAsync().AsTask().WaitAsync(Until.Patience);
        await ledger.AddAsync(Record("too late")).AsTask().WaitAsync(Until.Patience);

        logs.Lines.Single(line => line.Id.Id == 1203).Text.ShouldContain("5 records");
        Tables().Records().ShouldBeEmpty();
    }

    [Fact]
    public async Task Records_of_old_days_go_and_their_sums_stay()
    {
        await using (var ledger = Open())
        {
            await ledger.AddAsync(Record("req_old") with { Ended = time.GetUtcNow().AddDays(-91) });
            await ledger.AddAsync(Record("req_young") with { Ended = time.GetUtcNow().AddDays(-89) });
        }

        Tables().Query("SELECT request_id FROM usage_records").ShouldBe(["req_young"]);
        Sums().Count.ShouldBe(2);
    }

    public void Dispose()
    {
        services.Dispose();
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    private UsageLedger Open(int? mostWaiting = null)
    {
        var options = new EdgeOptions { DataFolder = folder };
        options.Usage.MaxWaiting = mostWaiting ?? options.Usage.MaxWaiting;
        return new UsageLedger(options, services.GetRequiredService<IMeterFactory>(), time, new Logger<UsageLedger>(new LoggerFactory([logs])));
    }

    private UsageRecord Record(string id, int prompt = 0, int completion = 0) => new(id, "key_a", UsageKind.Chat, time.GetUtcNow())
    {
        Model = "m", Status = 200, Outcome = UsageOutcome.Answered, PromptTokens = prompt, CompletionTokens = completion,
    };

    private IReadOnlyList<UsageSum> Sums(string? keyId = null)
    {
        // A broken table cannot be read either.
        try
        {
            using var reader = UsageReader.Open(folder, TimeProvider.System);
            return reader.Read(keyId, DateOnly.MinValue, DateOnly.MaxValue);
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            return [];
        }
    }

    private UsageTables Tables() => new(folder);

    /// <summary>To this test's own ledgers: other tests lose records at the same time.</summary>
    private MeterListener Listen(Action<long> add)
    {
        var own = services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "polargrid.usage.lost" && instrument.Meter.Scope == own) listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, amount, _, _) => add(amount));
        listener.Start();
        return listener;
    }
}
