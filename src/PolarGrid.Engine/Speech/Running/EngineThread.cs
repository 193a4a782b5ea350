using System.Collections.Concurrent;

namespace PolarGrid.Engine.Speech.Running;

/// <summary>One engine instance and the only thread that touches it.</summary>
internal sealed class EngineThread<TEngine> : IAsyncDisposable
    where TEngine : class, IDisposable
{
    private readonly BlockingCollection<Action<TEngine?>> jobs = [];
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<TEngine> create;
    private Exception? fault;

    public EngineThread(Func<TEngine> create, string name)
    {
        this.create = create;
        new Thread(Loop) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Whether the instance could not be made; every call throws why.</summary>
    public bool IsBroken => Volatile.Read(ref fault) is not null;

    public Task<T> RunAsync<T>(Func<TEngine, CancellationToken, T> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            jobs.Add(Job, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            done.SetException(new ObjectDisposedException(nameof(EngineThread<>)));
        }

        return done.Task;

        void Job(TEngine? engine)
        {
            try
            {
                if (engine is null) done.SetException(fault!);
                else
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    done.SetResult(work(engine, cancellationToken));
                }
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

    public async ValueTask DisposeAsync()
    {
        jobs.CompleteAdding();
        await ended.Task;
    }

    private void Loop()
    {
        TEngine? engine = null;
        try
        {
            engine = create();
        }
        catch (Exception failed)
        {
            Volatile.Write(ref fault, failed);
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
