using PolarGrid.Engine.Llama.Running;

namespace PolarGrid.MicroBench.Threads;

/// <summary>One way to give threads to an engine.</summary>
internal sealed record ThreadSetup(string Name, LlamaRunnerOptions Options)
{
    public static IEnumerable<ThreadSetup> All(int processors, int nice)
    {
        yield return Of("1 thread", 1, 0, nice);
        yield return Of($"{processors} threads, poll 0", processors, 0, nice);
        yield return Of($"{processors} threads, poll 0, seated", processors, 0, nice, seated: true);
        yield return Of($"{processors} threads, poll 50", processors, 50, nice);
        yield return Of($"{processors} threads, poll 100", processors, 100, nice);
        yield return Of($"governor, up to {processors}, poll 0", processors, 0, nice, adapts: true);
        yield return Of($"governor, up to {processors}, poll 0, seated", processors, 0, nice, adapts: true, seated: true);
        yield return Of($"governor, up to {processors}, poll 50", processors, 50, nice, adapts: true);
    }

    private static ThreadSetup Of(string name, int threads, int poll, int nice, bool adapts = false, bool seated = false) => new(
        nice == 0 ? name : $"{name}, nice {nice}",
        new LlamaRunnerOptions
        {
            KvTokens = 1024, Sequences = 4, BatchTokens = 128, Threads = threads, Poll = poll, Nice = nice, AdaptThreads = adapts, SeatThreads = seated,
        });
}
