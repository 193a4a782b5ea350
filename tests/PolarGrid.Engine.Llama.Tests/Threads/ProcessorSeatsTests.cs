using PolarGrid.Engine.Llama.Native;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Llama.Threads;
using PolarGrid.Engine.Running;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Llama.Tests.Threads;

public sealed class ProcessorSeatsTests(PolarTiny tiny) : IClassFixture<PolarTiny>
{
    private static readonly int[] Processors = ThreadProcessors.Allowed();

    [SeveralProcessorsFact]
    public void Each_thread_of_a_pool_gets_a_processor_of_its_own() => OnThread(() =>
    {
        using var pool = CreatePool(Processors.Length);
        pool.Workers.Length.ShouldBe(Processors.Length - 1);

        ProcessorSeats.For(Processors.Length, pool.Workers)!.Take(all: true);

        int[][] seats = [.. pool.Workers.Select(Of), ThreadProcessors.Allowed()];
        seats.ShouldAllBe(seat => seat.Length == 1);
        seats.SelectMany(seat => seat).Order().ShouldBe(Processors);
    });

    [SeveralProcessorsFact]
    public void Pools_that_compute_in_turn_share_the_processors() => OnThread(() =>
    {
        using var pool = CreatePool(Processors.Length);
        using var other = CreatePool(Processors.Length);

        ProcessorSeats.For(Processors.Length, pool.Workers, other.Workers)!.Take(all: true);

        int[][] seats = [.. pool.Workers.Select(Of), ThreadProcessors.Allowed()];
        seats.SelectMany(seat => seat).Order().ShouldBe(Processors);
        other.Workers.SelectMany(Of).ShouldBe(pool.Workers.SelectMany(Of));
    });

    [SeveralProcessorsFact]
    public void Where_fewer_threads_compute_each_may_run_anywhere_again() => OnThread(() =>
    {
        using var pool = CreatePool(Processors.Length);
        var seats = ProcessorSeats.For(Processors.Length, pool.Workers)!;
        seats.Take(all: true);

        seats.Take(all: false);

        foreach (var worker in pool.Workers) Of(worker).ShouldBe(Processors);
        ThreadProcessors.Allowed().ShouldBe(Processors);
    });

    [SeveralProcessorsFact]
    public void Another_thread_that_drives_the_pool_gets_the_seat_of_the_driver() => OnThread(() =>
    {
        using var pool = CreatePool(Processors.Length);
        var seats = ProcessorSeats.For(Processors.Length, pool.Workers)!;
        seats.Take(all: true);

        OnThread(() =>
        {
            seats.Take(all: true);

            ThreadProcessors.Allowed().Length.ShouldBe(1);
        });
    });

    [SeveralProcessorsFact]
    public void Fewer_threads_than_processors_are_left_to_the_kernel() => OnThread(() =>
    {
        using var pool = CreatePool(1);

        pool.Workers.ShouldBeEmpty();
        ProcessorSeats.For(1, pool.Workers).ShouldBeNull();
    });

    [SeveralProcessorsFact]
    public void More_threads_than_processors_are_left_to_the_kernel() => OnThread(() =>
    {
        using var pool = CreatePool(Processors.Length + 1);

        pool.Workers.Length.ShouldBe(Processors.Length);
        ProcessorSeats.For(Processors.Length + 1, pool.Workers).ShouldBeNull();
    });

    [SeveralProcessorsFact]
    public void Workers_are_found_by_a_name_and_the_creating_thread_keeps_its_own() => OnThread(() =>
    {
        var before = File.ReadAllText("/proc/thread-self/comm");

        using var pool = CreatePool(Processors.Length);

        File.ReadAllText("/proc/thread-self/comm").ShouldBe(before);
        foreach (var worker in pool.Workers) File.ReadAllText($"/proc/self/task/{worker}/comm").ShouldStartWith("compute ");
    });

    [PolarTinyFact]
    public void A_runner_binds_whoever_drives_it_and_not_whoever_made_it() => OnThread(() =>
    {
        using var runner = tiny.Model.CreateRunner(
            new LlamaRunnerOptions { KvTokens = 512, Sequences = 1, BatchTokens = 64, AdaptThreads = false, SeatThreads = true, MeasuresPasses = true },
            TimeProvider.System);
        ThreadProcessors.Allowed().ShouldBe(Processors);

        OnThread(() =>
        {
            runner.Decode([new BatchEntry(1, 0, 0, true)]).ShouldBe(DecodeStatus.Ok);

            ThreadProcessors.Allowed().Length.ShouldBe(1);
        });
    });

    private static ThreadpoolHandle CreatePool(int threads)
    {
        _ = Stories.Backend;
        return ThreadpoolHandle.Create(threads, poll: 0, nice: 0);
    }

    /// <summary>The test's own thread goes on to other tests and is to stay as it is.</summary>
    private static void OnThread(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action));
        thread.Start();
        thread.Join();
        if (failure is not null) throw new InvalidOperationException($"On the test's thread: {failure.Message}", failure);
    }

    private static int[] Of(int thread)
    {
        var list = File.ReadLines($"/proc/self/task/{thread}/status").First(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split(':')[1];
        return [.. list.Trim().Split(',').SelectMany(range =>
        {
            var ends = range.Split('-').Select(int.Parse).ToArray();
            return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
        })];
    }

    private sealed class SeveralProcessorsFactAttribute : FactAttribute
    {
        public SeveralProcessorsFactAttribute() => Skip = Processors.Length > 1 ? null : "There is one processor, or the kernel does not tell which ones there are.";
    }
}
