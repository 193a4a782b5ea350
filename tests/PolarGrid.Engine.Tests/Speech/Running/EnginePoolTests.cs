using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Running;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Engine.Tests.Speech.Running;

public sealed class EnginePoolTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task An_engine_is_made_used_and_released_on_one_thread_of_its_own()
    {
        var engines = new List<Engine>();
        var pool = Pool(engines, engines: 1, requests: 4);
        Enter(pool, out var ticket);

        var threads = new List<int>();
        for (var at = 0; at < 3; at++) threads.Add((await ticket.RunAsync((engine, _) => engine.Thread(), default)).Result);

        ticket.Dispose();
        await pool.DisposeAsync();
        engines.Count.ShouldBe(1);
        threads.ShouldAllBe(thread => thread == engines[0].MadeOn);
        engines[0].ReleasedOn.ShouldBe(engines[0].MadeOn);
        engines[0].MadeOn.ShouldNotBe(Environment.CurrentManagedThreadId);
    }

    [Fact]
    public async Task A_request_beyond_the_limit_is_refused_until_one_leaves()
    {
        await using var pool = Pool([], engines: 1, requests: 2);
        Enter(pool, out var first);
        Enter(pool, out var second);

        var refused = pool.TryEnter(out var third);
        refused!.Code.ShouldBe(SpeechErrorCode.QueueFull);
        refused.RetryAfterSeconds.ShouldBe(1);
        third.ShouldBeNull();

        first.Dispose();
        first.Dispose();
        Enter(pool, out _);
        pool.TryEnter(out _).ShouldNotBeNull();
        second.Dispose();
    }

    [Fact]
    public async Task Requests_take_turns_piece_by_piece()
    {
        await using var pool = Pool([], engines: 1, requests: 4);
        Enter(pool, out var holder);
        var held = await holder.RentAsync(default);
        Enter(pool, out var many);
        Enter(pool, out var one);

        var order = new List<string>();
        var long1 = Turn(many, "many 1");
        var short1 = Turn(one, "one");
        held!.Dispose();
        await long1;
        await Turn(many, "many 2");
        await short1;

        order.ShouldBe(["many 1", "one", "many 2"]);

        Task Turn(PoolTicket<Engine> ticket, string what) => ticket.RunAsync(
            (_, _) =>
            {
                lock (order) order.Add(what);
                return 0;
            },
            default);
    }

    [Fact]
    public async Task A_caller_who_leaves_while_waiting_gives_up_its_place()
    {
        await using var pool = Pool([], engines: 1, requests: 4);
        Enter(pool, out var holder);
        var held = await holder.RentAsync(default);
        using var gone = new CancellationTokenSource();
        Enter(pool, out var leaver);
        var waiting = leaver.RentAsync(gone.Token);
        Enter(pool, out var next);
        var turn = next.RunAsync((_, _) => 7, default);

        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        held!.Dispose();

        (await turn.WaitAsync(Patience)).Result.ShouldBe(7);
    }

    [Fact]
    public async Task Work_that_throws_leaves_the_engine_in_use()
    {
        var engines = new List<Engine>();
        await using var pool = Pool(engines, engines: 1, requests: 1);
        Enter(pool, out var ticket);

        await Should.ThrowAsync<InvalidDataException>(ticket.RunAsync<int>((_, _) => throw new InvalidDataException(), default));

        (await ticket.RunAsync((_, _) => 1, default)).Result.ShouldBe(1);
        engines.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_engine_that_could_not_be_made_is_an_error_and_tried_again_after_a_rest()
    {
        var tries = 0;
        var time = new FakeTimeProvider();
        await using var pool = new EnginePool<Engine>(
            () => tries++ == 0 ? throw new InvalidDataException("broken") : new Engine(), new() { Engines = 1, MaxRequests = 2 }, "test", time);
        Enter(pool, out var ticket);

        var broken = (await ticket.RunAsync((_, _) => 1, default)).Error.ShouldNotBeNull();
        broken.Code.ShouldBe(SpeechErrorCode.EngineFailed);
        broken.Cause.ShouldBeOfType<InvalidDataException>();
        broken.Message.ShouldNotContain("broken");
        broken.RetryAfterSeconds.ShouldBe(5);

        time.Advance(TimeSpan.FromSeconds(4.9));
        (await ticket.RentAsync(default)).ShouldBeNull();
        (await ticket.RunAsync((_, _) => 2, default)).Error!.Code.ShouldBe(SpeechErrorCode.EngineFailed);
        tries.ShouldBe(1);

        time.Advance(TimeSpan.FromSeconds(0.1));
        (await ticket.RunAsync((_, _) => 3, default)).Result.ShouldBe(3);
        tries.ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_waits_for_an_engine_that_cannot_be_made_is_told_with_the_first()
    {
        using var release = new ManualResetEventSlim();
        await using var pool = new EnginePool<Engine>(Broken, new() { Engines = 1, MaxRequests = 8 }, "test", new FakeTimeProvider());
        var turns = Enumerable.Range(0, 8).Select(_ =>
        {
            Enter(pool, out var ticket);
            return ticket.RunAsync((_, _) => 1, default);
        }).ToArray();
        release.Set();

        foreach (var turn in turns) (await turn.WaitAsync(Patience)).Error!.Code.ShouldBe(SpeechErrorCode.EngineFailed);

        Engine Broken()
        {
            release.Wait(Patience);
            throw new InvalidDataException("broken");
        }
    }

    [Fact]
    public async Task A_second_engine_that_cannot_be_made_leaves_its_callers_to_the_first()
    {
        var tries = 0;
        await using var pool = new EnginePool<Engine>(
            () => Interlocked.Increment(ref tries) == 2 ? throw new InvalidDataException("broken") : new Engine(), new() { Engines = 2, MaxRequests = 4 }, "test", new FakeTimeProvider());
        Enter(pool, out var holder);
        var held = await holder.RentAsync(default);
        Enter(pool, out var other);
        var turn = other.RunAsync((_, _) => 7, default);
        SpinWait.SpinUntil(() => Volatile.Read(ref tries) == 2, Patience).ShouldBeTrue();
        held!.Dispose();

        (await turn.WaitAsync(Patience)).Result.ShouldBe(7);
    }

    [Fact]
    public async Task A_caller_who_leaves_while_the_engine_is_made_does_not_wait_for_it()
    {
        using var release = new ManualResetEventSlim();
        await using var pool = new EnginePool<Engine>(
            () =>
            {
                release.Wait(Patience);
                return new Engine();
            },
            new() { Engines = 1, MaxRequests = 2 },
            "test");
        using var gone = new CancellationTokenSource();
        Enter(pool, out var ticket);
        var turn = ticket.RunAsync((_, _) => 1, gone.Token);
        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(turn.WaitAsync(Patience));
        release.Set();
        (await ticket.RunAsync((_, _) => 2, default).WaitAsync(Patience)).Result.ShouldBe(2);
    }

    [Fact]
    public async Task A_pool_ends_as_often_as_one_likes_and_all_its_engines_with_it()
    {
        var engines = new List<Engine>();
        var pool = Pool(engines, engines: 4, requests: 4);
        var leases = new List<EngineLease<Engine>>();
        for (var at = 0; at < 3; at++)
        {
            Enter(pool, out var ticket);
            leases.Add((await ticket.RentAsync(default))!);
        }

        engines[0].Failure = new InvalidDataException("stuck");
        await Should.ThrowAsync<InvalidDataException>(pool.DisposeAsync().AsTask());
        await Should.ThrowAsync<InvalidDataException>(pool.DisposeAsync().AsTask());

        engines.ShouldAllBe(engine => engine.ReleasedOn != 0);
        await Should.ThrowAsync<ObjectDisposedException>(leases[1].RunAsync((_, _) => 1, default));
        leases.ForEach(lease => lease.Dispose());
        var whole = Pool([], engines: 1, requests: 1);
        await whole.DisposeAsync();
        await whole.DisposeAsync();
    }

    [Fact]
    public async Task A_caller_whose_engine_ends_under_it_is_told_that_the_pool_stops()
    {
        using var release = new ManualResetEventSlim();
        var pool = new EnginePool<Engine>(
            () =>
            {
                release.Wait(Patience);
                return new Engine();
            },
            new() { Engines = 1, MaxRequests = 1 },
            "test");
        Enter(pool, out var ticket);
        var turn = ticket.RunAsync((_, _) => 1, default);
        var stopping = pool.DisposeAsync();
        release.Set();
        await stopping;

        (await turn.WaitAsync(Patience)).Error!.Code.ShouldBe(SpeechErrorCode.EngineStopped);
    }

    [Fact]
    public async Task Whoever_waits_when_the_pool_stops_is_told()
    {
        var pool = Pool([], engines: 1, requests: 2);
        Enter(pool, out var holder);
        var held = await holder.RentAsync(default);
        Enter(pool, out var waiter);
        var turn = waiter.RunAsync((_, _) => 1, default);

        var stopping = pool.DisposeAsync();

        (await turn).Error!.Code.ShouldBe(SpeechErrorCode.EngineStopped);
        held!.Dispose();
        await stopping;
        pool.TryEnter(out _)!.Code.ShouldBe(SpeechErrorCode.EngineStopped);
    }

    [Fact]
    public async Task A_prepared_engine_serves_the_first_caller_and_is_made_once()
    {
        var engines = new List<Engine>();
        await using var pool = Pool(engines, engines: 2, requests: 2);

        await pool.PrepareAsync();
        await pool.PrepareAsync();

        engines.Count.ShouldBe(1);
        Enter(pool, out var ticket);
        (await ticket.RunAsync((engine, _) => engine, default)).Result.ShouldBeSameAs(engines[0]);
    }

    [Fact]
    public async Task What_cannot_be_prepared_is_told_to_the_first_caller()
    {
        await using var pool = new EnginePool<Engine>(
            () => throw new InvalidDataException("broken"), new() { Engines = 1, MaxRequests = 2 }, "test", new FakeTimeProvider());

        await pool.PrepareAsync();

        Enter(pool, out var ticket);
        (await ticket.RunAsync((_, _) => 1, default)).Error!.Code.ShouldBe(SpeechErrorCode.EngineFailed);
    }

    private static EnginePool<Engine> Pool(List<Engine> made, int engines, int requests) => new(
        () =>
        {
            var engine = new Engine();
            lock (made) made.Add(engine);
            return engine;
        },
        new() { Engines = engines, MaxRequests = requests },
        "test");

    private static void Enter(EnginePool<Engine> pool, out PoolTicket<Engine> ticket)
    {
        pool.TryEnter(out var taken).ShouldBeNull();
        ticket = taken!;
    }

    private sealed class Engine : IDisposable
    {
        public int MadeOn { get; } = Environment.CurrentManagedThreadId;

        public int ReleasedOn { get; private set; }

        public int Thread() => Environment.CurrentManagedThreadId;

        public Exception? Failure { get; set; }

        public void Dispose()
        {
            ReleasedOn = Environment.CurrentManagedThreadId;
            if (Failure is not null) throw Failure;
        }
    }
}
