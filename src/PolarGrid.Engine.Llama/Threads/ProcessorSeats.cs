using PolarGrid.Engine.Llama.Native;

namespace PolarGrid.Engine.Llama.Threads;

/// <summary>
/// Gives each compute thread of a context a processor of its own while there is a thread for each processor. Left to the kernel, two of them come to
/// share one whenever anybody else runs for a while, and then each barrier costs a time slice: passes of 5 ms were seen to take 900.
/// </summary>
/// <remarks>One thread at a time. See docs/adr/0002.</remarks>
internal sealed class ProcessorSeats
{
    private readonly int[][] pools;
    private readonly int[] processors;
    private Thread? seated;

    private ProcessorSeats(int[][] pools, int[] processors)
    {
        this.pools = pools;
        this.processors = processors;
    }

    /// <summary>Null where the threads are fewer than the processors, or more: then the kernel must be free to choose.</summary>
    /// <param name="threads">The size of each pool.</param>
    /// <param name="pools">
    /// The kernel's numbers of each pool's threads, without the one that drives them all. Only one pool computes at a time, so all have the
    /// same processors.
    /// </param>
    public static ProcessorSeats? For(int threads, params int[][] pools)
    {
        var processors = ThreadProcessors.Allowed();
        var fits = threads > 1 && threads == processors.Length && Array.TrueForAll(pools, workers => workers.Length == threads - 1);
        return fits ? new ProcessorSeats(pools, processors) : null;
    }

    /// <summary>Called by the thread that drives the pools, before a pass.</summary>
    /// <param name="all">Whether all threads compute. Where only some do, any processor will do.</param>
    public void Take(bool all)
    {
        var wanted = all ? Thread.CurrentThread : null;
        if (ReferenceEquals(wanted, seated)) return;
        seated = wanted;
        foreach (var workers in pools)
        {
            for (var worker = 0; worker < workers.Length; worker++) ThreadProcessors.TrySet(workers[worker], Seat(worker, all));
        }

        ThreadProcessors.TrySet(0, Seat(processors.Length - 1, all));
    }

    private ReadOnlySpan<int> Seat(int thread, bool all) => all ? processors.AsSpan(thread, 1) : processors;
}
