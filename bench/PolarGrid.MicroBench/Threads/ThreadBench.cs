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
/// so that whatever else the machine does falls on all of them; medians over the rounds are printed.
/// </summary>
internal static class ThreadBench
{
    public static int Run(string[] args)
    {
        var model = Option(args, "--model") ?? throw new ArgumentException("--model FILE is needed.");
        var rounds = int.Parse(Option(args, "--rounds") ?? "7");
        var window = TimeSpan.FromMilliseconds(int.Parse(Option(args, "--milliseconds") ?? "400"));
        var only = Option(args, "--only");

        var backend = LlamaBackend.Start(null, NullLogger.Instance);
        using var weights = LlamaModelLoader.Load(backend, model, new LlamaModelOptions(), null, CancellationToken.None);
        var setups = ThreadSetup.All(Environment.ProcessorCount).Where(setup => only is null || setup.Name.Contains(only)).ToArray();
        var runners = setups.Select(setup => weights.CreateRunner(setup.Options, TimeProvider.System)).ToArray();
        var alone = setups.Select(_ => new List<double>()).ToArray();
        var beside = setups.Select(_ => new List<double>()).ToArray();
        var prompts = setups.Select(_ => new List<double>()).ToArray();

        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < setups.Length; i++)
            {
                ThreadNice.TrySet(setups[i].Options.Nice);
                alone[i].Add(Decode(runners[i], window));
                prompts[i].Add(Prefill(runners[i]));
                ThreadNice.TrySet(0);
                using var neighbour = new Neighbour();
                ThreadNice.TrySet(setups[i].Options.Nice);
                beside[i].Add(Decode(runners[i], window));
            }
        }

        Console.WriteLine($"cpu variant {backend.CpuVariant}, {Environment.ProcessorCount} processors, {rounds} rounds of {window.TotalMilliseconds} ms");
        Console.WriteLine($"{"set-up",-34} {"alone t/s",10} {"beside t/s",10} {"kept",6} {"worst",6} {"prompt t/s",10}");
        for (var i = 0; i < setups.Length; i++)
        {
            var (a, b) = (Median(alone[i]), Median(beside[i]));
            Console.WriteLine(
                $"{setups[i].Name,-34} {a,10:F1} {b,10:F1} {b / a,6:P0} {beside[i].Min() / a,6:P0} {Median(prompts[i]),10:F0}");
        }

        foreach (var runner in runners) runner.Dispose();
        return 0;
    }

    // A window of time and not a number of tokens: some set-ups are a hundred times slower beside a neighbour.
    private static double Decode(LlamaRunner runner, TimeSpan window)
    {
        runner.Clear(0);
        using var sampler = runner.CreateSampler(new SamplingSettings { Temperature = 0 }, []);
        var entry = new BatchEntry[1];
        var token = 1;
        long start = 0;
        for (var position = 0; position < runner.Capacity.KvTokens; position++)
        {
            if (position == 1) start = Stopwatch.GetTimestamp();
            entry[0] = new BatchEntry(token, position, 0, true);
            Check(runner.Decode(entry));
            token = sampler.Sample(0, allowEnd: false);
            if (position > 0 && Stopwatch.GetElapsedTime(start) is var elapsed && elapsed > window) return position / elapsed.TotalSeconds;
        }

        return (runner.Capacity.KvTokens - 1) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Prefill(LlamaRunner runner)
    {
        runner.Clear(0);
        var entries = Enumerable.Range(0, 128).Select(i => new BatchEntry((i % 50) + 1, i, 0, i == 127)).ToArray();
        var start = Stopwatch.GetTimestamp();
        Check(runner.Decode(entries));
        return entries.Length / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Check(DecodeStatus status)
    {
        if (status != DecodeStatus.Ok) throw new InvalidOperationException($"The pass failed: {status}.");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string? Option(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
