using PolarGrid.Engine.Llama.Native;

namespace PolarGrid.Engine.Llama.Threads;

/// <summary>
/// Runs forward passes with as many threads as two governors say: one for passes of few tokens, which wait for memory, one for chunks
/// of prompts, which wait for arithmetic.
/// </summary>
internal sealed class StepThreads
{
    private const int FewTokens = 16;

    private readonly int most;
    private readonly bool adapts;
    private readonly TimeProvider timeProvider;
    private ThreadGovernor few;
    private ThreadGovernor many;
    private int current;

    public StepThreads(int most, bool adapts, TimeProvider timeProvider)
    {
        this.most = most;
        this.adapts = adapts && most > 1;
        this.timeProvider = timeProvider;
        few = new ThreadGovernor(most);
        many = new ThreadGovernor(most);
    }

    public int DecodeThreads => few.Settled;

    /// <returns>The library's code.</returns>
    public int Decode(ContextHandle context, LlamaBatch batch)
    {
        if (!adapts) return NativeContext.Decode(context, batch);

        var governor = batch.Count <= FewTokens ? few : many;
        var threads = governor.Threads;
        if (threads != current)
        {
            NativeContext.SetThreads(context, threads, threads);
            current = threads;
        }

        var start = timeProvider.GetTimestamp();
        var code = NativeContext.Decode(context, batch);
        if (code == 0) governor.Report(batch.Count, timeProvider.GetElapsedTime(start).TotalMicroseconds);
        return code;
    }

    /// <summary>Begins anew: the first passes of a context are slower than all later ones.</summary>
    public void Forget()
    {
        few = new ThreadGovernor(most);
        many = new ThreadGovernor(most);
    }
}
