using Microsoft.Extensions.Logging;
using PolarGrid.Engine.Running;

namespace PolarGrid.Engine.Embeddings;

/// <summary>
/// The one thread that owns an embedding context, created at its first request. Each pass takes one input of every request in turn
/// until it is full, so that a small request does not wait for all of a large one.
/// </summary>
internal sealed class EmbeddingLoop : IDisposable
{
    private readonly Func<(IEmbeddingRunner? Runner, string? Reason)> create;
    private readonly EmbedderOptions options;
    private readonly ILogger logger;
    private readonly Thread thread;
    private readonly Queue<EmbeddingJob> waiting = [];
    private readonly List<EmbeddingJob> jobs = [];
    private readonly List<(EmbeddingJob Job, int Input)> parts = [];
    private readonly List<int[]> inputs = [];
    private readonly List<float[]> vectors = [];
    private readonly List<int> unusable = [];
    private readonly Lock gate = new();
    private readonly AutoResetEvent wake = new(false);
    private IEmbeddingRunner? runner;
    private EmbeddingJob? owed;
    private int turn;
    private int heldInputs;
    private long heldTokens;
    private volatile bool broken;
    private bool started;
    private bool stopping;

    public EmbeddingLoop(
        Func<(IEmbeddingRunner? Runner, string? Reason)> create, EmbedderOptions options, ILogger logger, string name)
    {
        this.create = create;
        this.options = options;
        this.logger = logger;
        thread = new Thread(Run) { IsBackground = true, Name = $"embeddings {name}" };
        if (options.StartAtOnce) StartThread();
    }

    /// <summary>Whether it has ended on a failure.</summary>
    public bool IsBroken => broken;

    /// <summary>Hands a job over. Safe from any thread.</summary>
    /// <returns>Null when it was taken; else why not.</returns>
    public EngineError? TrySubmit(EmbeddingJob job)
    {
        lock (gate)
        {
            if (stopping) return broken ? Broken : Stopped;
            var (inputs, tokens) = (heldInputs + job.Inputs, heldTokens + job.Tokens);
            if (heldInputs > 0 && (inputs > options.MaxInputs || tokens > options.MaxTokens)) return Full(job);
            (heldInputs, heldTokens) = (inputs, tokens);
            waiting.Enqueue(job);
            StartThread();
            wake.Set();
        }

        return null;
    }

    /// <summary>Takes nothing more and fails what is left after the pass that runs.</summary>
    public void Stop()
    {
        lock (gate)
        {
            if (stopping) return;
            stopping = true;
            wake.Set();
        }
    }

    /// <summary>Stops and waits for the thread, which frees the context.</summary>
    public void Dispose()
    {
        Stop();
        if (thread.IsAlive) thread.Join();
        wake.Dispose();
    }

    private static EngineError Stopped { get; } =
        new(EngineStage.Queue, EngineErrorCode.EngineStopped, "The model is being unloaded.") { RetryAfterSeconds = 2 };

    private static EngineError Broken { get; } =
        new(EngineStage.Decode, EngineErrorCode.DecodeFailed, "The embedder stopped on an internal error.");

    private static EngineError NoVector { get; } = new(
        EngineStage.Decode, EngineErrorCode.DecodeFailed, "The model gave no usable vector for the input: it is missing, zero or not finite.");

    private EngineError Full(EmbeddingJob job) => new(
        EngineStage.Queue,
        EngineErrorCode.QueueFull,
        $"{heldInputs} inputs of {heldTokens} tokens are in work or waiting; with this request's {job.Inputs} of {job.Tokens} they would be "
        + $"more than the {options.MaxInputs} of {options.MaxTokens} that are allowed. Retry in a moment.")
    {
        RetryAfterSeconds = 1,
    };

    private void StartThread()
    {
        if (started) return;
        started = true;
        thread.Start();
    }

    private void Run()
    {
        try
        {
            var reason = CreateRunner();
            while (TakeJobs())
            {
                if (jobs.Count == 0) wake.WaitOne();
                else if (runner is null) FailAll(new EngineError(EngineStage.Prepare, EngineErrorCode.DecodeFailed, reason!));
                else Step();
            }

            FailAll(Stopped);
        }
#pragma warning disable CA1031 // The thread's last resort: whatever is wrong, every caller must get an answer.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            broken = true;
            EngineLog.LoopBroken(logger, failure);
            Stop();
            TakeJobs();
            FailAll(Broken);
        }
        finally
        {
            runner?.Dispose();
        }
    }

    private string? CreateRunner()
    {
        (runner, var reason) = create();
        return reason;
    }

    /// <summary>Takes new jobs in and lets ended ones go. False when the loop is to stop.</summary>
    private bool TakeJobs()
    {
        lock (gate)
        {
            while (waiting.TryDequeue(out var job)) jobs.Add(job);
            foreach (var job in jobs)
            {
                if (job.CancellationToken.IsCancellationRequested) job.Cancel();
            }

            jobs.RemoveAll(LetGo);
            return !stopping;
        }
    }

    /// <summary>Gives an ended job's room back. Inside the gate.</summary>
    private bool LetGo(EmbeddingJob job)
    {
        if (!job.IsEnded) return false;
        heldInputs -= job.Inputs;
        heldTokens -= job.Tokens;
        return true;
    }

    private void Step()
    {
        Pack();
        if (inputs.Count == 0) return;
        var status = runner!.Compute(inputs, vectors, unusable);
        for (var at = 0; at < parts.Count; at++)
        {
            var (job, input) = parts[at];
            if (status == DecodeStatus.Ok && unusable.Contains(at)) job.Fail(NoVector, input);
            else if (status == DecodeStatus.Ok) job.CountDone();
            else job.Fail(new EngineError(EngineStage.Decode, EngineErrorCode.DecodeFailed, $"The inference library failed in this step ({status})."));
        }

        if (status == DecodeStatus.Fatal) throw new InvalidOperationException("The embedding context is broken.");
    }

    private void Pack()
    {
        parts.Clear();
        inputs.Clear();
        vectors.Clear();
        if (owed is not null && jobs.IndexOf(owed) is >= 0 and var first) turn = first;
        owed = null;
        var (most, room) = (runner!.Capacity.Inputs, runner.Capacity.SharedTokens);
        for (var passed = 0; passed < jobs.Count && inputs.Count < most;)
        {
            var job = jobs[turn++ % jobs.Count];
            if (job.IsAllTaken)
            {
                passed++;
                continue;
            }

            // Whoever found no room begins the next pass: otherwise short inputs could let a long one wait for ever.
            if (job.Peek().Length > room && inputs.Count > 0)
            {
                owed ??= job;
                passed++;
                continue;
            }

            var next = job.Peek();
            if (job.TryTake() is not { } input) continue;
            passed = 0;
            room -= next.Length;
            inputs.Add(next);
            vectors.Add(job.Vectors[input]);
            parts.Add((job, input));
        }

        turn %= jobs.Count;
    }

    private void FailAll(EngineError error)
    {
        foreach (var job in jobs) job.Fail(error);
        lock (gate)
        {
            while (waiting.TryDequeue(out var job)) job.Fail(error);
            (heldInputs, heldTokens) = (0, 0);
        }

        jobs.Clear();
    }
}
