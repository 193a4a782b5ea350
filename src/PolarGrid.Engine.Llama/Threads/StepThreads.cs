using PolarGrid.Engine.Llama.Cpu;
using PolarGrid.Engine.Llama.Native;

namespace PolarGrid.Engine.Llama.Threads;

/// <summary>
/// Runs forward passes with as many threads as three governors say: one for single tokens, which wait for memory and may need no second
/// thread at all, one for passes of few tokens, one for chunks of prompts, which wait for arithmetic. And with the build of the CPU
/// backend that is the quicker one for so many rows.
/// </summary>
internal sealed class StepThreads
{
    private const int FewTokens = 16;
    private const int FirstPromptTry = 64;

    private readonly int most;
    private readonly bool adapts;
    private readonly TimeProvider timeProvider;
    private readonly CpuSwitch? cpu;
    private readonly DecodeWidths widths = new();
    private ThreadGovernor single;
    private ThreadGovernor few;
    private ThreadGovernor many;
    private int current;

    /// <param name="most">Threads, at least 1.</param>
    /// <param name="adapts">Whether fewer may be used.</param>
    /// <param name="timeProvider">For durations.</param>
    /// <param name="cpu">Of the context; null where one build computes everything.</param>
    public StepThreads(int most, bool adapts, TimeProvider timeProvider, CpuSwitch? cpu)
    {
        this.cpu = cpu;
        this.most = most;
        this.adapts = adapts && most > 1;
        this.timeProvider = timeProvider;
        single = new ThreadGovernor(most);
        few = new ThreadGovernor(most);
        many = new ThreadGovernor(most, FirstPromptTry);
    }

    /// <summary>Null: the kernel chooses processors.</summary>
    public ProcessorSeats? Seats { get; set; }

    public int DecodeThreads => single.Settled;

    /// <summary>Which passes the other build computes; null until that was measured: none.</summary>
    public BuildChoice? Builds { get; set; }

    /// <param name="context">Whose pool has at least as many threads.</param>
    /// <param name="batch">Filled.</param>
    /// <param name="oneRowEach">Whether every row is of another sequence: only such passes say how many sequences go together.</param>
    /// <returns>The library's code.</returns>
    public int Decode(ContextHandle context, LlamaBatch batch, bool oneRowEach)
    {
        var governor = batch.Count == 1 ? single : batch.Count <= FewTokens ? few : many;
        var threads = adapts ? governor.Threads : most;
        SetThreads(context, threads);
        if (cpu is not null) cpu.UsesOther = Builds is not null && Builds.UsesOther(batch.Count);

        Seats?.Take(all: threads == most);
        var start = timeProvider.GetTimestamp();
        var code = NativeContext.Decode(context, batch);
        if (code != 0) return code;
        var duration = timeProvider.GetElapsedTime(start).TotalMicroseconds;

        if (oneRowEach && (threads == governor.Settled || !adapts)) widths.Report(batch.Count, threads, duration);
        if (adapts) governor.Report(batch.Count, duration);
        return code;
    }

    /// <summary>How many of so many decoding sequences one pass should compute.</summary>
    public int DecodeWidth(int sequences) => widths.For(sequences);

    /// <summary>Runs a pass with all threads and says how many microseconds it took; null when it failed. Nothing is learnt from it.</summary>
    /// <param name="context">As for <see cref="Decode"/>.</param>
    /// <param name="batch">The same.</param>
    /// <param name="other">Whether the other build computes it.</param>
    public double? Time(ContextHandle context, LlamaBatch batch, bool other)
    {
        SetThreads(context, most);
        if (cpu is not null) cpu.UsesOther = other;
        var start = timeProvider.GetTimestamp();
        return NativeContext.Decode(context, batch) == 0 ? Math.Max(1, timeProvider.GetElapsedTime(start).TotalMicroseconds) : null;
    }

    /// <summary>Begins anew: the first passes of a context are slower than all later ones.</summary>
    public void Forget()
    {
        single = new ThreadGovernor(most);
        few = new ThreadGovernor(most);
        many = new ThreadGovernor(most, FirstPromptTry);
        widths.Forget();
    }

    private void SetThreads(ContextHandle context, int threads)
    {
        cpu?.SetThreads(threads);
        if (threads == current) return;
        NativeContext.SetThreads(context, threads, threads);
        current = threads;
    }
}
