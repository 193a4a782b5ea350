using System.Collections.Concurrent;

namespace PolarGrid.Engine.Speech.Running;

/// <summary>One engine instance and the only thread that touches it.</summary>
internal sealed class EngineThread<TEngine> : IAsyncDisposable
    where TEngine : class, IDisposable
{
    private readonly BlockingCollection<Action<TEngine?>> jobs = [];
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<TEngine> create;
    private readonly TaskCompletionSource<Exception?> made = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int ending;
    private volatile bool ready;

    public EngineThread(Func<TEngine> create, string name)
    {
        this.create = create;
        new Thread(Loop) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Ends when the instance is there, with null; or with why it could not be made. Never faulted.</summary>
    public Task<Exception?> Made => made.Task;

    /// <summary>Whether the instance is there.</summary>
    public bool IsReady => ready;

    /// <summary>Queues work behind what was asked before. Only once <see cref="Made"/> gave null. Null when the thread is ending.</summary>
    public Task<T>? TryRunAsync<T>(Func<TEngine, CancellationToken, T> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            jobs.Add(Job, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            return null;
        }

        return done.Task;

        void Job(TEngine? engine)
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                done.SetResult(work(engine!, cancellationToken));
            }
            catch (OperationCanceledException cancelled)
            {
                done.TrySetCanceled(cancelled.CancellationToken);
            }
            catch (Exception failed)
            {
                done.TrySetException(failed);
            }
        }
    }

    /// <summary>Waits until what was asked before is done and the instance is gone. Any number of calls, from any thread.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref ending, 1) == 0) jobs.CompleteAdding();
        await ended.Task;
    }

    private void Loop()
    {
        TEngine? engine = null;
        try
        {
            engine = create();
            ready = true;
            made.SetResult(null);
        }
        catch (Exception failed)
        {
            made.SetResult(failed);
        }

        foreach (var job in jobs.GetConsumingEnumerable()) job(engine);
        jobs.Dispose();
        try
        {
            engine?.Dispose();
            ended.SetResult();
        }
        catch (Exception failed)
        {
            ended.SetException(failed);
        }
    }
}
