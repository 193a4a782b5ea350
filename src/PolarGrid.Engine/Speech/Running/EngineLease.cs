namespace PolarGrid.Engine.Speech.Running;

/// <summary>An engine held by one request. Disposing it gives the engine to whoever waits longest.</summary>
public sealed class EngineLease<TEngine> : IDisposable
    where TEngine : class, IDisposable
{
    private readonly Action giveBack;
    private EngineThread<TEngine>? thread;

    internal EngineLease(EngineThread<TEngine> thread, Action giveBack)
    {
        this.thread = thread;
        this.giveBack = giveBack;
    }

    /// <summary>Runs on the engine's own thread; one call at a time.</summary>
    /// <exception cref="OperationCanceledException">The token fired before the work began, or the work threw it.</exception>
    /// <exception cref="ObjectDisposedException">The lease has been disposed, or the pool has stopped.</exception>
    public Task<T> RunAsync<T>(Func<TEngine, CancellationToken, T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(thread is null, this);
        return thread.TryRunAsync(work, cancellationToken) ?? Task.FromException<T>(new ObjectDisposedException(nameof(EnginePool<>)));
    }

    /// <summary>As <see cref="RunAsync{T}"/>; null when the pool has stopped.</summary>
    internal Task<T>? TryRunAsync<T>(Func<TEngine, CancellationToken, T> work, CancellationToken cancellationToken) =>
        thread!.TryRunAsync(work, cancellationToken);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref thread, null) is not null) giveBack();
    }
}
