using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Engine;
using PolarGrid.Engine.Llama;
using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Llama.Native;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Running;

namespace PolarGrid.MicroBench.Threads;

/// <summary>
/// Decode speed by threads, waiting and priority, alone and beside a busy process. All set-ups are measured in turn in every round,
/// so that whatever else the machine does falls on all of them.
/// </summary>
internal sealed class ThreadBench : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(80);

    private readonly LlamaModel weights;
    private readonly ThreadSetup[] setups;
    private readonly LlamaRunner[] runners;
    private readonly Windows[] alone;
    private readonly Windows[] beside;
    private readonly Windows[] prompt;
    private readonly Neighbour neighbour = new();

    private ThreadBench(LlamaBackend backend, string model, ThreadSetup[] setups)
    {
        this.setups = setups;
        neighbour.Rest();
        weights = LlamaModelLoader.Load(backend, model, new LlamaModelOptions(), null, CancellationToken.None);
        runners = [.. setups.Select(setup => weights.CreateRunner(setup.Options, TimeProvider.System))];
        alone = [.. setups.Select(_ => new Windows())];
        beside = [.. setups.Select(_ => new Windows())];
        prompt = [.. setups.Select(_ => new Windows())];
    }

    public static int Run(string[] args)
    {
        var model = Option(args, "--model") ?? throw new ArgumentException("--model FILE is needed.");
        var rounds = int.Parse(Option(args, "--rounds") ?? "5");
        var phase = TimeSpan.FromMilliseconds(int.Parse(Option(args, "--milliseconds") ?? "600"));
        var nice = int.Parse(Option(args, "--nice") ?? "0");
        var only = Option(args, "--only") ?? "";

        var backend = LlamaBackend.Start(null, NullLogger.Instance);
        var setups = ThreadSetup.All(Environment.ProcessorCount, nice).Where(setup => setup.Name.Contains(only, StringComparison.Ordinal));
        using var bench = new ThreadBench(backend, model, [.. setups]);
        for (var round = 0; round < rounds; round++) bench.Round(phase);
        Console.WriteLine($"{Path.GetFileName(model)}, {backend.CpuVariant}, {Environment.ProcessorCount} processors, {rounds} rounds");
        bench.Print();
        return 0;
    }

    public void Dispose()
    {
        neighbour.Dispose();
        foreach (var runner in runners) runner.Dispose();
        weights.Dispose();
    }

    private static string? Option(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }

    private static void Check(DecodeStatus status)
    {
        if (status != DecodeStatus.Ok) throw new InvalidOperationException($"The pass failed: {status}.");
    }

    private void Round(TimeSpan phase)
    {
        // A thread of its own for each: it keeps the priority and the processor that it gets.
        for (var i = 0; i < setups.Length; i++)
        {
            var setup = i;
            var thread = new Thread(() => Measure(setup, phase));
            thread.Start();
            thread.Join();
        }
    }

    private void Measure(int setup, TimeSpan phase)
    {
        // What adapts gets longer, and time to adapt that does not count.
        var (settle, count) = setups[setup].Options.AdaptThreads ? (2 * phase, 2 * phase) : (TimeSpan.Zero, phase);
        var runner = runners[setup];
        ThreadNice.TrySet(setups[setup].Options.Nice);
        Decode(runner, settle, null);
        Decode(runner, count, alone[setup]);
        Prefill(runner, prompt[setup]);
        neighbour.Work();
        Decode(runner, settle, null);
        Decode(runner, count, beside[setup]);
        neighbour.Rest();
    }

    // Windows of time and not of tokens: some set-ups are many times slower beside a neighbour.
    private static void Decode(LlamaRunner runner, TimeSpan duration, Windows? windows)
    {
        var begin = Stopwatch.GetTimestamp();
        var entry = new BatchEntry[1];
        while (Stopwatch.GetElapsedTime(begin) < duration)
        {
            runner.Clear(0);
            using var sampler = runner.CreateSampler(new SamplingSettings { Temperature = 0 }, []);
            var token = 1;
            var start = Stopwatch.GetTimestamp();
            var steps = 0;
            for (var position = 0; position < 256 && Stopwatch.GetElapsedTime(begin) < duration; position++)
            {
                entry[0] = new BatchEntry(token, position, 0, true);
                Check(runner.Decode(entry));
                token = sampler.Sample(0, allowEnd: false);
                steps++;
                var elapsed = Stopwatch.GetElapsedTime(start);
                if (elapsed < Window) continue;
                windows?.Add(steps / elapsed.TotalSeconds);
                start = Stopwatch.GetTimestamp();
                steps = 0;
            }
        }
    }

    private static void Prefill(LlamaRunner runner, Windows windows)
    {
        var entries = Enumerable.Range(0, 64).Select(i => new BatchEntry((i % 50) + 1, i, 0, i == 63)).ToArray();
        for (var i = 0; i < 3; i++)
        {
            runner.Clear(0);
            var start = Stopwatch.GetTimestamp();
            Check(runner.Decode(entries));
            windows.Add(entries.Length / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
    }

    private void Print()
    {
        Console.WriteLine("tokens per second, median / 90th percentile of windows");
        Console.WriteLine($"{"set-up",-34} {"alone",15} {"beside",15} {"kept",13} {"prompt",15}");
        for (var i = 0; i < setups.Length; i++)
        {
            var (a, b, p) = (alone[i], beside[i], prompt[i]);
            Console.WriteLine(
                $"{setups[i].Name,-34} {a.Median,7:F1} /{a.Best,6:F1} {b.Median,7:F1} /{b.Best,6:F1} "
                + $"{b.Median / a.Median,5:P0} /{b.Best / a.Best,6:P0} {p.Median,7:F0} /{p.Best,6:F0}");
        }
    }
}
