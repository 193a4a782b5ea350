namespace PolarGrid.Engine.Speech.Running;

/// <summary>
/// A bounded number of engine instances that requests take turns on. A request enters once, which the queue limit counts, and then
/// asks for an engine piece by piece: one sentence, one stretch of speech. Pieces are served first come, first served, so requests with
/// many pieces and requests with one share the engines evenly. A request may have a further piece done at an engine that is idle.
/// </summary>
/// <remarks>All members are safe to call from any thread. Owns the engines.</remarks>
public sealed class EnginePool<TEngine> : IAsyncDisposable
    where TEngine : class, IDisposable
{
    /// <summary>After an engine could not be made: how long nobody tries again. Loading takes long, and what is broken mostly stays so.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly Func<TEngine> create;
    private readonly EnginePoolOptions options;
    private readonly string name;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly Stack<EngineThread<TEngine>> idle = new();
    private readonly List<EngineThread<TEngine>> threads = [];
    private readonly LinkedList<TaskCompletionSource<EngineThread<TEngine>?>> waiting = new();
    private readonly SemaphoreSlim holders;
    private readonly CancellationTokenSource stopping = new();
    private int inside;
    private bool stopped;
    private (Exception Why, long At)? failure;

    /// <param name="create">Makes one instance on the thread that will use it; throws what a broken model throws.</param>
    /// <param name="options">Checked here.</param>
    /// <param name="name">For threads and messages: the model's id.</param>
    /// <param name="time">For <see cref="Rest"/>; null: the system's.</param>
    public EnginePool(Func<TEngine> create, EnginePoolOptions options, string name, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Engines, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Engines, 64);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxRequests, options.Engines);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxRequests, 100_000);
        this.create = create;
        this.options = options;
        this.name = name;
        holders = new SemaphoreSlim(Math.Max(1, options.Engines - 1));
        this.time = time ?? TimeProvider.System;
    }

    /// <summary>Requests inside: served or waiting.</summary>
    public int Requests
    {
        get
        {
            lock (gate) return inside;
        }
    }

    /// <summary>Pieces that wait for an engine.</summary>
    public int Waiting
    {
        get
        {
            lock (gate) return waiting.Count;
        }
    }

    /// <summary>Lets a request in, or says why not. Dispose the ticket when the request ends, however it ends.</summary>
    public SpeechError? TryEnter(out PoolTicket<TEngine>? ticket)
    {
        ticket = null;
        lock (gate)
        {
            if (stopped) return Stopped();
            if (inside == options.MaxRequests)
            {
                return new(
                    SpeechStage.Queue,
                    SpeechErrorCode.QueueFull,
                    $"{inside} requests are being served or wait for '{name}', which is its limit. Try again later.")
                {
                    RetryAfterSeconds = 1,
                };
            }

            inside++;
        }

        ticket = new PoolTicket<TEngine>(this);
        return null;
    }

    /// <summary>
    /// Makes the first engine before somebody asks, so that the first caller does not wait for a model to load. Whoever asks meanwhile gets
    /// an engine of his own, or this one. What cannot be made is told to callers, as ever.
    /// </summary>
    /// <returns>Ends when it is there, or cannot be; at once where there is one or the pool stops. Never faulted.</returns>
    public Task PrepareAsync()
    {
        EngineThread<TEngine> made;
        lock (gate)
        {
            if (stopped || threads.Count > 0) return Task.CompletedTask;
            made = Make();
        }

        return OfferAsync(made);
    }

    public async ValueTask DisposeAsync()
    {
        EngineThread<TEngine>[] all;
        lock (gate)
        {
            stopped = true;
            SendWaitersAway();
            all = [.. threads];
        }

        await stopping.CancelAsync();

        // All of them end, whatever one throws.
        await Task.WhenAll(all.Select(thread => thread.DisposeAsync().AsTask()));
    }

    /// <summary>Why there is no engine.</summary>
    internal SpeechError Refusal()
    {
        lock (gate)
        {
            return stopped || failure is not { } broken
                ? Stopped()
                : new(SpeechStage.Queue, SpeechErrorCode.EngineFailed, $"'{name}' cannot be loaded. It is tried again {Rest.TotalSeconds} seconds after the last time.")
                {
                    RetryAfterSeconds = (int)Rest.TotalSeconds,
                    Cause = broken.Why,
                };
        }
    }

    /// <summary>The next free engine, once it is made; null when <see cref="Refusal"/> says why not.</summary>
    internal async Task<EngineThread<TEngine>?> TakeAsync(CancellationToken cancellationToken)
    {
        while (await TakeThreadAsync(cancellationToken) is { } thread)
        {
            Exception? broken;
            try
            {
                broken = await thread.Made.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                Return(thread);
                throw;
            }

            if (broken is null) return thread;

            // Another engine may still serve this caller; without one, the next round ends at once.
            Forget(thread, broken);
        }

        return null;
    }

    /// <summary>
    /// An engine that nobody uses and nobody waits for; null when there is none at this moment. Where there may be more engines, one is then
    /// made and idle some time later, so whoever asks does not wait for it.
    /// </summary>
    internal EngineThread<TEngine>? TakeIdle()
    {
        EngineThread<TEngine> made;
        lock (gate)
        {
            if (stopped) return null;
            if (idle.TryPeek(out var free)) return free.IsReady ? idle.Pop() : null;
            if (IsResting || threads.Count == options.Engines) return null;
            made = Make();
        }

        _ = OfferAsync(made);
        return null;
    }

    /// <summary>Hands an engine to whoever waits longest.</summary>
    internal void Return(EngineThread<TEngine> thread)
    {
        lock (gate)
        {
            while (waiting.First is { } first)
            {
                waiting.RemoveFirst();
                if (first.Value.TrySetResult(thread)) return;
            }

            if (!stopped) idle.Push(thread);
        }
    }

    internal void Leave()
    {
        lock (gate) inside--;
    }

    /// <summary>An engine to be held for a while; null when the pool stops.</summary>
    internal async Task<EngineLease<TEngine>?> RentAsync(CancellationToken cancellationToken)
    {
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping.Token))
        {
            try
            {
                await holders.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }

        EngineThread<TEngine>? thread = null;
        try
        {
            thread = await TakeAsync(cancellationToken);
        }
        finally
        {
            if (thread is null) holders.Release();
        }

        return thread is null ? null : new EngineLease<TEngine>(thread, () =>
        {
            Return(thread);
            holders.Release();
        });
    }

    private SpeechError Stopped() => new(SpeechStage.Queue, SpeechErrorCode.EngineStopped, $"'{name}' is stopping.");

    private bool IsResting => failure is { } broken && time.GetElapsedTime(broken.At) < Rest;

    /// <summary>Under the lock.</summary>
    private EngineThread<TEngine> Make()
    {
        var made = new EngineThread<TEngine>(create, $"{name} {threads.Count + 1}");
        threads.Add(made);
        return made;
    }

    private async Task OfferAsync(EngineThread<TEngine> thread)
    {
        if (await thread.Made is { } broken) Forget(thread, broken);
        else Return(thread);
    }

    private async Task<EngineThread<TEngine>?> TakeThreadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource<EngineThread<TEngine>?>> place;
        lock (gate)
        {
            if (stopped) return null;
            if (idle.TryPop(out var free)) return free;
            var isResting = IsResting;
            if (isResting && threads.Count == 0) return null;
            if (!isResting && threads.Count < options.Engines) return Make();
            place = waiting.AddLast(new TaskCompletionSource<EngineThread<TEngine>?>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await using var leaving = cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource<EngineThread<TEngine>?>)state!).TrySetCanceled(token), place.Value);
        try
        {
            return await place.Value.Task;
        }
        catch (OperationCanceledException)
        {
            lock (gate)
            {
                if (place.List is not null) waiting.Remove(place);
            }

            throw;
        }
    }

    /// <summary>The first caller of a broken engine says so; whoever got it from him before it was made repeats it, which changes nothing.</summary>
    private void Forget(EngineThread<TEngine> thread, Exception why)
    {
        lock (gate)
        {
            if (!threads.Remove(thread)) return;
            failure = (why, time.GetTimestamp());
            if (threads.Count == 0) SendWaitersAway();
        }

        _ = thread.DisposeAsync().AsTask();
    }

    private void SendWaitersAway()
    {
        foreach (var waiter in waiting) waiter.TrySetResult(null);
        waiting.Clear();
    }
}
