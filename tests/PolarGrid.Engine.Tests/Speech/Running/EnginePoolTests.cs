using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Running;
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
    public async Task An_engine_that_could_not_be_made_is_tried_again_at_the_next_turn()
    {
        var tries = 0;
        await using var pool = new EnginePool<Engine>(
            () => tries++ == 0 ? throw new InvalidDataException("broken") : new Engine(), new() { Engines = 1, MaxRequests = 2 }, "test");
        Enter(pool, out var ticket);

        await Should.ThrowAsync<InvalidDataException>(ticket.RunAsync((_, _) => 1, default));
        (await ticket.RunAsync((_, _) => 2, default)).Result.ShouldBe(2);
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

        public void Dispose() => ReleasedOn = Environment.CurrentManagedThreadId;
    }
}
