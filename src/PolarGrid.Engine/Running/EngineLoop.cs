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
    private readonly TokenWriter writer;
    private readonly EngineMetrics metrics;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly SchedulerOptions options;
    private readonly Thread thread;
    private readonly ConcurrentQueue<SequenceGroup> inbox = new();
    private readonly ManualResetEventSlim wake = new(false);
    private readonly BatchPlan plan = new();
    private readonly List<Sequence> forked = [];
    private readonly List<Sequence> live = [];
    private readonly List<GenerationStream> touched = [];
    private readonly RankedToken[] ranked;
    private readonly Lock door = new();
    private int unseated;
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
        writer = new TokenWriter(tokenizer, contextTokens);
        ranked = new RankedToken[Math.Min(GenerationRequest.MostTopLogprobs, tokenizer.VocabularySize)];
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
        if (Interlocked.Increment(ref unseated) > options.MaxWaiting + idleSeats)
        {
            Interlocked.Decrement(ref unseated);
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
        foreach (var (sequence, entry) in plan.Scores) ScorePrompt(sequence, entry);
        foreach (var output in plan.Outputs) TakeTokens(output);
        foreach (var stream in touched) stream.Publish();
        touched.Clear();
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
            Fail(sequence.Group, new EngineError(StageOf(sequence), EngineErrorCode.Cancelled, "The caller went away."), keep: true);
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

    private void ScorePrompt(Sequence sequence, int entry)
    {
        var scores = sequence.Group.PromptLogprobs!;
        scores.Add(runner.ReadLogprobs(entry, sequence.Tokens[scores.Scored], scores.NextTop));
    }

    private void TakeTokens(PlannedOutput output)
    {
        var (sequence, entry, drafted) = output;

        // Choices that waited for this prompt draw from the same logits, before the sequence itself can end and lose its slot.
        if (sequence.Group.Unforked.Count > 0)
        {
            scheduler.Fork(sequence, forked);
            foreach (var sibling in forked) SampleAndWrite(sibling, entry);
        }

        SampleAndWrite(sequence, entry);
        if (drafted == 0) return;

        // A foretold token that was drawn is computed already, so its logits give the next one; what stands behind another one is wrong.
        var accepted = 0;
        while (accepted < drafted && sequence.State != SequenceState.Finished && sequence.Tokens[^1] == sequence.Draft[accepted])
        {
            BatchScheduler.Accept(sequence);
            SampleAndWrite(sequence, entry + ++accepted);
        }

        scheduler.DropRejected(sequence);
        metrics.RecordDraft(drafted, accepted);
    }

    private void SampleAndWrite(Sequence sequence, int entry)
    {
        // Another choice of the same request may have failed in this very step.
        if (sequence.State == SequenceState.Finished) return;
        var group = sequence.Group;
        if (!group.Started)
        {
            group.Started = true;
            group.Stream.Start(sequence.PromptTokens, group.CachedTokens, group.QueueTime);
            metrics.RecordStart(time.GetElapsedTime(group.SubmittedAt), sequence.PromptTokens, group.CachedTokens);
        }

        if (sequence.MaxTokens == 0)
        {
            writer.WriteNothing(sequence);
            Finish(sequence);
            touched.Add(group.Stream);
            return;
        }

        var sampling = group.Request.Sampling;
        sequence.Sampler ??= runner.CreateSampler(
            sampling.ForChoice(sequence.Choice), CollectionsMarshal.AsSpan(sequence.Tokens)[..sequence.PromptTokens], sequence.Constraint);
        var allowEnd = !sampling.IgnoreEndOfText && sequence.Generated >= sampling.MinTokens;
        var token = TakeForced(sequence) is >= 0 and var forced ? forced : sequence.Sampler.Sample(entry, allowEnd);
        if (token < 0)
        {
            Fail(group, sequence.Constraint!.Error!, keep: true);
            return;
        }

        var reason = group.Request.TopLogprobs is { } count
            ? WriteScored(sequence, token, entry, ranked.AsSpan(0, Math.Min(count, ranked.Length)))
            : writer.Write(sequence, token);
        if (reason != FinishReason.None) Finish(sequence);
        touched.Add(group.Stream);
    }

    /// <returns>The token that ends thinking which has become too long, or -1.</returns>
    private static int TakeForced(Sequence sequence)
    {
        if (sequence.Thinking is not { Forced: >= 0 } meter) return -1;
        var token = meter.Forced;
        if (!sequence.Sampler!.TryTake(token))
        {
            meter.GiveUp();
            return -1;
        }

        // A model that was cut short tends to end its thinking once more, in the middle of the answer.
        if (token == meter.Ends.Marker) sequence.Sampler.Bar(token);
        return token;
    }

    private FinishReason WriteScored(Sequence sequence, int token, int entry, Span<RankedToken> top) =>
        writer.Write(sequence, token, runner.ReadLogprobs(entry, token, top), top);

    private void Finish(Sequence sequence)
    {
        scheduler.Finish(sequence);
        sequence.Sampler?.Dispose();
        sequence.Sampler = null;
        if (!sequence.Group.IsFinished) return;
        metrics.RecordEnd(sequence.Group.Stream.Usage.CompletionTokens);
        sequence.Group.Stream.Complete();
    }

    private void Fail(SequenceGroup group, EngineError error, bool keep)
    {
        foreach (var choice in group.Choices)
        {
            if (keep) scheduler.Finish(choice);
            else scheduler.Discard(choice);
            choice.Sampler?.Dispose();
            choice.Sampler = null;
        }

        if (!group.Seated)
        {
            group.Seated = true;
            Interlocked.Decrement(ref unseated);
        }

        metrics.RecordEnd(group.Stream.Usage.CompletionTokens);
        group.Stream.Fail(error);
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
            var error = new EngineError(StageOf(sequence), EngineErrorCode.DecodeFailed, $"The inference library failed in this step ({result}).");
            Fail(sequence.Group, error, keep: false);
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
            if (sequence.State != SequenceState.Finished) Fail(sequence.Group, error, keep: false);
        }
    }

    private static EngineStage StageOf(Sequence sequence) => sequence.State switch
    {
        SequenceState.Waiting => EngineStage.Queue,
        SequenceState.Prefill => EngineStage.Prefill,
        _ => EngineStage.Decode,
    };

    private void CountSeated()
    {
        foreach (var (sequence, _) in plan.Parts)
        {
            if (sequence.Group.Seated) continue;
            sequence.Group.Seated = true;
            sequence.Group.QueueTime = time.GetElapsedTime(sequence.Group.SubmittedAt);
            Interlocked.Decrement(ref unseated);
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
