using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using PolarGrid.Edge.Observability;

namespace PolarGrid.Edge.Accounting;

/// <summary>
/// Writes usage to the data folder's database, in the background and as many records in one transaction as have come meanwhile; a reader
/// sees only what is on disk. Records wait in a bounded queue: when it is full, requests wait with their last step, behind the answer. A
/// database that fails is tried again until it works; only then, when the queue is full as well, records are dropped, counted and told of.
/// Disposing it writes everything that has come, also what waits for room; when a try fails then, the rest is lost, and the log says how much.
/// </summary>
internal sealed class UsageLedger : IUsageSink, IAsyncDisposable
{
    private const int MostInBatch = 512, MostPruned = 2000;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(30);

    private readonly Channel<UsageRecord> queue;
    private readonly UsageStore store;
    private readonly EdgeOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<UsageLedger> logger;
    private readonly Counter<long> lostRecords;
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource nobodyWaits = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task writing;

    /// <summary>Cancelled while the database fails; whoever waits may hold an old one, so none is disposed.</summary>
    private CancellationTokenSource trouble = new();
    private DateOnly pruned;
    private long lost;
    private string reason = "";
    private bool disposed;

    /// <summary>Who waits for room, and one more until the stop.</summary>
    private int inQueue = 1;

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
        if (Interlocked.Exchange(ref disposed, true)) return;
        await stopping.CancelAsync();

        // Whoever waits for room gets it before the queue is closed, unless the database fails.
        LeaveQueue();
        await nobodyWaits.Task;
        queue.Writer.TryComplete();
        await writing;
        if (Interlocked.Exchange(ref lost, 0) is > 0 and var missing) UsageLog.Lost(logger, missing, options.DataFolder, reason);
        store.Dispose();
        stopping.Dispose();
    }

    private async ValueTask WaitAsync(UsageRecord record)
    {
        Interlocked.Increment(ref inQueue);
        try
        {
            while (await queue.Writer.WaitToWriteAsync(Volatile.Read(ref trouble).Token))
            {
                if (queue.Writer.TryWrite(record)) return;
            }

            UsageLog.TooLate(logger, record.RequestId);
            lostRecords.Add(1);
        }
        catch (OperationCanceledException)
        {
            // The database fails.
            Lose(1);
        }
        finally
        {
            LeaveQueue();
        }
    }

    private void LeaveQueue()
    {
        if (Interlocked.Decrement(ref inQueue) == 0) nobodyWaits.TrySetResult();
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<UsageRecord>(MostInBatch);
        var givenUp = false;
        while (await queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MostInBatch && queue.Reader.TryRead(out var record)) batch.Add(record);
            givenUp = givenUp || !await TryKeepAsync(batch);
            if (givenUp) Lose(batch.Count);
            else Prune();
        }
    }

    /// <summary>Writes the batch, however long it takes. False once it has failed in a server that stops: then nothing more is tried.</summary>
    private async Task<bool> TryKeepAsync(List<UsageRecord> batch)
    {
        var pause = FirstPause;
        while (!TryWrite(batch))
        {
            if (stopping.IsCancellationRequested) return false;
            await Task.Delay(pause, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        return true;
    }

    private bool TryWrite(List<UsageRecord> batch)
    {
        try
        {
            store.Add(batch);
        }
        catch (Exception failure)
        {
            // Whatever it is, the next records must find somebody who writes them.
            reason = failure.Message;
            if (Failing) return false;
            trouble.Cancel();
            if (!stopping.IsCancellationRequested) UsageLog.Failing(logger, options.DataFolder, reason, options.Usage.MaxWaiting);
            return false;
        }

        if (!Failing) return true;
        Volatile.Write(ref trouble, new CancellationTokenSource());
        UsageLog.Recovered(logger, Interlocked.Exchange(ref lost, 0));
        return true;
    }

    /// <summary>Once a day, in pieces: the next ones follow while no record waits, or behind the next batch.</summary>
    private void Prune()
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        try
        {
            while (today != pruned)
            {
                if (store.Prune(now.AddDays(-options.Usage.RecordsKeptDays), MostPruned) < MostPruned) pruned = today;
                else if (queue.Reader.Count > 0 || stopping.IsCancellationRequested) return;
            }
        }
        catch (Exception failure)
        {
            pruned = today;
            UsageLog.Unpruned(logger, options.Usage.RecordsKeptDays, failure.Message);
        }
    }

    private void Lose(int records)
    {
        Interlocked.Add(ref lost, records);
        lostRecords.Add(records);
    }
}
