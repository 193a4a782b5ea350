using PolarGrid.Engine.Llama.Native;

namespace PolarGrid.Engine.Llama.Threads;

/// <summary>
/// Gives each compute thread a processor of its own while there is a thread for each processor. Left to the kernel, two of them come to
/// share one whenever anybody else runs for a while, and then each barrier costs a time slice: passes of 5 ms were seen to take 900.
/// </summary>
/// <remarks>One thread at a time. See docs/adr/0002.</remarks>
internal sealed class ProcessorSeats
{
    private readonly int[] workers;
    private readonly int[] processors;
    private Thread? seated;

    private ProcessorSeats(int[] workers, int[] processors)
    {
        this.workers = workers;
        this.processors = processors;
    }

    /// <summary>Null where the threads are fewer than the processors, or more: then the kernel must be free to choose.</summary>
    /// <param name="workers">The kernel's numbers of the pool's threads, without the one that drives them.</param>
    /// <param name="threads">The pool's size.</param>
    public static ProcessorSeats? For(int[] workers, int threads)
    {
        var processors = ThreadProcessors.Allowed();
        return threads > 1 && threads == processors.Length && workers.Length == threads - 1 ? new ProcessorSeats(workers, processors) : null;
    }

    /// <summary>Called by the thread that drives the pool, before a pass.</summary>
    /// <param name="all">Whether all threads compute. Where only some do, any processor will do.</param>
    public void Take(bool all)
    {
        var wanted = all ? Thread.CurrentThread : null;
        if (ReferenceEquals(wanted, seated)) return;
        seated = wanted;
        for (var worker = 0; worker < workers.Length; worker++) ThreadProcessors.TrySet(workers[worker], Seat(worker, all));
        ThreadProcessors.TrySet(0, Seat(workers.Length, all));
    }

    private ReadOnlySpan<int> Seat(int thread, bool all) => all ? processors.AsSpan(thread, 1) : processors;
}
