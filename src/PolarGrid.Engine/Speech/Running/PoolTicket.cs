namespace PolarGrid.Engine.Speech.Running;

/// <summary>A request's place in an <see cref="EnginePool{TEngine}"/>, from its first piece to its last.</summary>
public sealed class PoolTicket<TEngine> : IDisposable
    where TEngine : class, IDisposable
{
    private readonly EnginePool<TEngine> pool;
    private bool left;

    internal PoolTicket(EnginePool<TEngine> pool) => this.pool = pool;

    /// <summary>
    /// Waits for an engine and holds it until the lease is disposed; for live sessions. Where there are several engines, one is never held
    /// like this, so that turns go on. Null: the pool is stopping, or no engine can be made.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller left while waiting.</exception>
    public Task<EngineLease<TEngine>?> RentAsync(CancellationToken cancellationToken) => pool.RentAsync(cancellationToken);

    /// <summary>One turn: waits for an engine, does the work on its thread, gives the engine back.</summary>
    /// <param name="work">Looks at the token between chunks; whatever it holds of the engine is gone when it returns.</param>
    /// <param name="cancellationToken">The caller left.</param>
    /// <returns>The work's result, or the error that says that the pool is stopping or that no engine can be made.</returns>
    /// <exception cref="OperationCanceledException">The caller left before or during the work.</exception>
    public async Task<(T? Result, SpeechError? Error)> RunAsync<T>(Func<TEngine, CancellationToken, T> work, CancellationToken cancellationToken)
    {
        if (await pool.TakeAsync(cancellationToken) is not { } thread) return (default, pool.Refusal());
        return await RunOnAsync(thread, work, cancellationToken);
    }

    /// <summary>A turn beside others of the same request, at an engine that is idle and that nobody waits for; so it takes nobody's place.</summary>
    /// <inheritdoc cref="RunAsync"/>
    /// <returns>Null when there is no such engine now; else as <see cref="RunAsync"/>.</returns>
    public Task<(T? Result, SpeechError? Error)>? TryRunIdleAsync<T>(Func<TEngine, CancellationToken, T> work, CancellationToken cancellationToken) =>
        pool.TakeIdle() is { } thread ? RunOnAsync(thread, work, cancellationToken) : null;

    public void Dispose()
    {
        if (left) return;
        left = true;
        pool.Leave();
    }

    private async Task<(T? Result, SpeechError? Error)> RunOnAsync<T>(
        EngineThread<TEngine> thread, Func<TEngine, CancellationToken, T> work, CancellationToken cancellationToken)
    {
        using var lease = new EngineLease<TEngine>(thread, () => pool.Return(thread));
        return lease.TryRunAsync(work, cancellationToken) is { } running ? (await running, null) : (default, pool.Refusal());
    }
}
