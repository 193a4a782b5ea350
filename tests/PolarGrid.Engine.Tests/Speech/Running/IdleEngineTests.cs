using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Running;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Engine.Tests.Speech.Running;

/// <summary>Turns of one request beside each other, at engines that nobody else wants.</summary>
public sealed class IdleEngineTests : IAsyncDisposable
{
    private readonly ManualResetEventSlim go = new();
    private int made;
    private int broken;

    public async ValueTask DisposeAsync()
    {
        go.Set();
        go.Dispose();
        await ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_idle_engine_takes_a_further_turn_and_a_busy_one_none()
    {
        await using var pool = await FilledAsync(2);
        using var ticket = Enter(pool);

        var first = ticket.RunAsync(Wait, default);
        var second = ticket.TryRunIdleAsync(Wait, default).ShouldNotBeNull();
        ticket.TryRunIdleAsync(Wait, default).ShouldBeNull();
        go.Set();

        (await first).Result.ShouldNotBe((await second).Result);
        (await ticket.TryRunIdleAsync(Wait, default).ShouldNotBeNull()).Error.ShouldBeNull();
    }

    [Fact]
    public async Task An_engine_that_is_yet_to_be_made_is_made_for_a_later_turn()
    {
        await using var pool = Pool(2);
        using var ticket = Enter(pool);
        var first = ticket.RunAsync(Wait, default);
        await Until.TrueAsync(() => Volatile.Read(ref made) == 1);

        ticket.TryRunIdleAsync(Wait, default).ShouldBeNull();
        Task<(int, SpeechError?)>? second = null;
        await Until.TrueAsync(() => (second ??= ticket.TryRunIdleAsync(Wait, default)) is not null);
        go.Set();

        await first;
        await second!;
        made.ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_waits_gets_a_free_engine_before_a_further_turn()
    {
        await using var pool = await FilledAsync(1);
        using var many = Enter(pool);
        using var other = Enter(pool);
        var first = many.RunAsync(Wait, default);
        var waiting = other.RunAsync((_, _) => 7, default);

        many.TryRunIdleAsync(Wait, default).ShouldBeNull();
        go.Set();

        await first;
        (await waiting).Result.ShouldBe(7);
    }

    [Fact]
    public async Task An_engine_that_cannot_be_made_harms_no_turn_under_way()
    {
        await using var pool = await FilledAsync(1, most: 2);
        Volatile.Write(ref broken, 1);
        using var ticket = Enter(pool);
        var first = ticket.RunAsync(Wait, default);
        ticket.TryRunIdleAsync(Wait, default).ShouldBeNull();
        await Until.TrueAsync(() => Volatile.Read(ref made) == 2);
        go.Set();

        (await first).Error.ShouldBeNull();
        (await ticket.RunAsync(Wait, default)).Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_pool_that_stops_has_no_idle_engine()
    {
        var pool = await FilledAsync(2);
        var ticket = Enter(pool);
        await pool.DisposeAsync();

        ticket.TryRunIdleAsync(Wait, default).ShouldBeNull();
        ticket.Dispose();
    }

    private int Wait(Engine engine, CancellationToken cancellationToken)
    {
        go.Wait(Until.Patience, cancellationToken).ShouldBeTrue();
        return engine.Number;
    }

    private EnginePool<Engine> Pool(int engines) => new(
        () =>
        {
            var number = Interlocked.Increment(ref made);
            return Volatile.Read(ref broken) == 1 ? throw new InvalidDataException() : new Engine(number);
        },
        new() { Engines = engines, MaxRequests = 10 },
        "test");

    /// <summary>A pool with so many idle engines.</summary>
    private async Task<EnginePool<Engine>> FilledAsync(int engines, int? most = null)
    {
        var pool = Pool(most ?? engines);
        using var all = new Barrier(engines);
        using var ticket = Enter(pool);
        await Task.WhenAll(Enumerable.Range(0, engines).Select(_ => ticket.RunAsync((_, _) => all.SignalAndWait(Until.Patience), default)));
        return pool;
    }

    private static PoolTicket<Engine> Enter(EnginePool<Engine> pool)
    {
        pool.TryEnter(out var ticket).ShouldBeNull();
        return ticket!;
    }

    private sealed class Engine(int number) : IDisposable
    {
        public int Number => number;

        public void Dispose()
        {
        }
    }
}
