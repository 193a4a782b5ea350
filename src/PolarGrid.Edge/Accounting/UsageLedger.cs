using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using PolarGrid.Edge.Observability;

namespace PolarGrid.Edge.Accounting;

/// <summary>
/// Writes usage to the data folder's database, in the background and as many records in one transaction as have come meanwhile; a reader
/// sees only what is on disk. Records wait in a bounded queue: when it is full, requests wait with their last step, behind the answer. A
/// database that fails is tried again until it works; only then, when the queue is full as well, records are dropped, counted and told of.
/// Disposing it writes everything that has come.
/// </summary>
internal sealed class UsageLedger : IUsageSink, IAsyncDisposable
{
    private const int MostInBatch = 512;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(30);

    private readonly Channel<UsageRecord> queue;
    private readonly UsageStore store;
    private readonly EdgeOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<UsageLedger> logger;
    private readonly Counter<long> lostRecords;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task writing;

    /// <summary>Cancelled while the database fails; whoever waits may hold an old one, so none is disposed.</summary>
    private CancellationTokenSource trouble = new();
    private DateOnly pruned;
    private long lost;

    public UsageLedger(EdgeOptions options, IMeterFactory meters, TimeProvider time, ILogger<UsageLedger> logger)
    {
        this.options = options;
        this.time = time;
        this.logger = logger;
        store = new UsageStore(options.DataFolder);
        queue = Channel.CreateBounded<UsageRecord>(new BoundedChannelOptions(options.Usage.MaxWaiting) { SingleReader = true });
        var meter = meters.Create(EdgeMetrics.MeterName);
        lostRecords = meter.CreateCounter<long>("polargrid.usage.lost", "{record}", "Usage records that were dropped because the database failed.");
        meter.CreateObservableGauge("polargrid.usage.waiting", () => queue.Reader.Count, "{record}", "Usage records that wait to be written.");
        writing = Task.Run(WriteAllAsync);
    }

    private bool Failing => trouble.IsCancellationRequested;

    public ValueTask AddAsync(UsageRecord record) => queue.Writer.TryWrite(record) ? ValueTask.CompletedTask : WaitAsync(record);

    public async ValueTask DisposeAsync()
    {
        if (!queue.Writer.TryComplete()) return;
        await stopping.CancelAsync();
        await writing;
        if (Failing) UsageLog.Lost(logger, Interlocked.Read(ref lost));
        store.Dispose();
        stopping.Dispose();
    }

    private async ValueTask WaitAsync(UsageRecord record)
    {
        try
        {
            while (await queue.Writer.WaitToWriteAsync(Volatile.Read(ref trouble).Token))
            {
                if (queue.Writer.TryWrite(record)) return;
            }
        }
        catch (OperationCanceledException)
        {
            // The database fails.
        }

        Lose(1);
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<UsageRecord>(MostInBatch);
        while (await queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MostInBatch && queue.Reader.TryRead(out var record)) batch.Add(record);
            await KeepAsync(batch);
        }
    }

    /// <summary>Writes the batch, however long it takes; a server that stops tries once.</summary>
    private async Task KeepAsync(List<UsageRecord> batch)
    {
        var pause = FirstPause;
        while (!TryWrite(batch))
        {
            if (stopping.IsCancellationRequested)
            {
                Lose(batch.Count);
                return;
            }

            await Task.Delay(pause, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private bool TryWrite(List<UsageRecord> batch)
    {
        try
        {
            store.Add(batch);
            Prune();
        }
        catch (Exception failure)
        {
            // Whatever it is, the next records must find somebody who writes them.
            if (Failing) return false;
            trouble.Cancel();
            UsageLog.Failing(logger, options.DataFolder, failure.Message, options.Usage.MaxWaiting);
            return false;
        }

        if (!Failing) return true;
        Volatile.Write(ref trouble, new CancellationTokenSource());
        UsageLog.Recovered(logger, Interlocked.Exchange(ref lost, 0));
        return true;
    }

    /// <summary>Once a day.</summary>
    private void Prune()
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (today == pruned) return;
        store.Prune(now.AddDays(-options.Usage.RecordsKeptDays));
        pruned = today;
    }

    private void Lose(int records)
    {
        Interlocked.Add(ref lost, records);
        lostRecords.Add(records);
    }
}
