using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using PolarGrid.Engine.Scheduling;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Running;

/// <summary>
/// The one thread that owns a context: takes requests in, plans a step, runs it, turns logits into text, publishes events, again.
/// </summary>
/// <remarks>
/// Requests come in by a queue and leave by their streams; the loop never waits for a reader. All scheduling state belongs to this
/// thread, so nothing in it is locked. Stopping ends every stream with <see cref="EngineErrorCode.EngineStopped"/>.
/// </remarks>
internal sealed class EngineLoop : IDisposable
{
    private const int MaxRetreats = 3;

    private readonly IModelRunner runner;
    private readonly BatchScheduler scheduler;
    private readonly WaitingRoom room = new();
    private readonly AnswerEnds ends;
    private readonly TokenDraw tokens;
    private readonly EngineMetrics metrics;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly SchedulerOptions options;
    private readonly Thread thread;
    private readonly ConcurrentQueue<SequenceGroup> inbox = new();
    private readonly ManualResetEventSlim wake = new(false);
    private readonly BatchPlan plan = new();
    private readonly List<Sequence> live = [];
    private readonly Lock door = new();
    private int retreats;
    private int runningCount;
    private int waitingCount;
    private int warmCount;
    private int usedCells;
    private volatile bool cancellations;
    private volatile bool stopping;
    private volatile bool closed;

    public EngineLoop(
        IModelRunner runner,
        ITokenizer tokenizer,
        int contextTokens,
        SchedulerOptions options,
        EngineMetrics metrics,
        TimeProvider time,
        ILogger logger,
        string name)
    {
        this.runner = runner;
        this.options = options;
        this.metrics = metrics;
        this.time = time;
        this.logger = logger;
        scheduler = new BatchScheduler(runner.Capacity, options);
        ends = new AnswerEnds(scheduler, room, metrics);
        tokens = new TokenDraw(runner, scheduler, ends, tokenizer, contextTokens, metrics, time);
        thread = new Thread(Run) { IsBackground = true, Name = $"engine {name}" };
    }

    /// <summary>Built from single numbers that may be a step apart.</summary>
    public EngineStatus Status => new(
        !closed,
        Volatile.Read(ref runningCount),
        Volatile.Read(ref waitingCount),
        Volatile.Read(ref warmCount),
        Volatile.Read(ref usedCells),
        runner.Capacity.KvTokens);

    public void Start() => thread.Start();

    /// <summary>Hands a request over. Safe from any thread.</summary>
    /// <returns>Null when it was taken; else why not.</returns>
    public EngineError? TrySubmit(SequenceGroup group)
    {
        var idleSeats = Math.Max(0, options.MaxRunning - Volatile.Read(ref runningCount));
        if (!room.TryEnter(options.MaxWaiting + idleSeats))
        {
            return new EngineError(
                EngineStage.Queue,
                EngineErrorCode.QueueFull,
                $"{options.MaxWaiting} requests are waiting for this model, as many as its queue limit allows. Retry in a moment.")
            {
                RetryAfterSeconds = 1,
            };
        }

        lock (door)
        {
            if (closed) return Stopped;
            inbox.Enqueue(group);
        }

        wake.Set();
        return null;
    }

    /// <summary>Makes the loop look at its streams again, because one was cancelled. Safe from any thread, also after the end.</summary>
    public void NoteCancellation()
    {
        cancellations = true;
        lock (door)
        {
            if (!closed) wake.Set();
        }
    }

    /// <summary>Ends all streams and waits for the thread. Safe to call twice; not from the loop's own thread.</summary>
    public void Dispose()
    {
        stopping = true;
        lock (door)
        {
            if (!closed) wake.Set();
        }

        if (thread.IsAlive) thread.Join();
    }

    private static EngineError Stopped { get; } =
        new(EngineStage.Queue, EngineErrorCode.EngineStopped, "The model is being unloaded.") { RetryAfterSeconds = 2 };

    private void Run()
    {
        try
        {
            while (!stopping) Step();
            Close(Stopped);
        }
#pragma warning disable CA1031 // The thread's last resort: whatever is wrong, every caller must get its terminal event.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            EngineLog.LoopBroken(logger, broken);
            Close(new EngineError(EngineStage.Decode, EngineErrorCode.DecodeFailed, "The engine stopped on an internal error."));
        }
    }

    private void Step()
    {
        wake.Reset();
        TakeRequests();
        EndCancelled();
        scheduler.Plan(plan, runner.DecodeWidth(Math.Max(1, scheduler.DecodingCount)));
        CountSeated();
        PublishCounts();
        CarryOut(plan.Actions);
        if (plan.IsEmpty)
        {
            wake.Wait();
            return;
        }

        var started = time.GetTimestamp();
        var result = runner.Decode(CollectionsMarshal.AsSpan(plan.Entries));
        metrics.RecordStep(time.GetElapsedTime(started), plan.Entries.Count);
        if (result != DecodeStatus.Ok)
        {
            HandleFailure(result);
            return;
        }

        retreats = 0;
        BatchScheduler.Advance(plan);
        tokens.Take(plan);
    }

    private void TakeRequests()
    {
        while (inbox.TryDequeue(out var group))
        {
            scheduler.Enqueue(group);
        }
    }

    private void EndCancelled()
    {
        if (!cancellations) return;
        cancellations = false;
        scheduler.CopyLive(live);
        foreach (var sequence in live)
        {
            if (sequence.State == SequenceState.Finished || !sequence.Group.Stream.IsCancelled) continue;
            ends.Fail(sequence.Group, new EngineError(AnswerEnds.StageOf(sequence), EngineErrorCode.Cancelled, "The caller went away."), keep: true);
        }
    }

    private void CarryOut(List<CacheAction> actions)
    {
        foreach (var action in actions)
        {
            switch (action.Kind)
            {
                case CacheActionKind.Copy:
                    runner.CopyPrefix(action.Source, action.Slot, action.Tokens);
                    break;
                case CacheActionKind.Truncate:
                    runner.Truncate(action.Slot, action.Tokens);
                    break;
                default:
                    runner.Clear(action.Slot);
                    break;
            }
        }
    }

    private void HandleFailure(DecodeStatus result)
    {
        EngineLog.StepFailed(logger, result, plan.Entries.Count, plan.DecodeTokens);
        if (result == DecodeStatus.NoKvRoom && retreats++ < MaxRetreats)
        {
            scheduler.Retreat(plan);
            return;
        }

        var broken = plan.Parts.ToArray();
        foreach (var (sequence, _) in broken)
        {
            if (sequence.State == SequenceState.Finished) continue;
            var error = new EngineError(AnswerEnds.StageOf(sequence), EngineErrorCode.DecodeFailed, $"The inference library failed in this step ({result}).");
            ends.Fail(sequence.Group, error, keep: false);
        }

        if (result == DecodeStatus.Fatal) throw new InvalidOperationException("The inference library's context is broken.");
    }

    private void Close(EngineError error)
    {
        lock (door)
        {
            closed = true;
        }

        TakeRequests();
        scheduler.CopyLive(live);
        foreach (var sequence in live)
        {
            if (sequence.State != SequenceState.Finished) ends.Fail(sequence.Group, error, keep: false);
        }
    }

    private void CountSeated()
    {
        foreach (var (sequence, _) in plan.Parts)
        {
            if (room.Leave(sequence.Group)) sequence.Group.QueueTime = time.GetElapsedTime(sequence.Group.SubmittedAt);
        }
    }

    private void PublishCounts()
    {
        Volatile.Write(ref runningCount, scheduler.RunningCount);
        Volatile.Write(ref waitingCount, scheduler.WaitingCount);
        Volatile.Write(ref warmCount, scheduler.WarmCount);
        Volatile.Write(ref usedCells, scheduler.UsedCells);
    }
}
