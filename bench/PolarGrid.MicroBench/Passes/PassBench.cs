using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Engine.Llama;
using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Running;

namespace PolarGrid.MicroBench.Passes;

/// <summary>What forward passes over one to some dozens of rows take: what drafting is decided by.</summary>
internal static class PassBench
{
    private const int Rounds = 9;

    public static int Run(string path)
    {
        using var model = LlamaModelLoader.Load(LlamaBackend.Start(null, NullLogger.Instance), path, new LlamaModelOptions(), null, CancellationToken.None);
        using var runner = model.CreateRunner(
            new LlamaRunnerOptions { KvTokens = 4096, Sequences = 40, AdaptThreads = false, MeasuresPasses = true }, TimeProvider.System);
        int[] widths = [.. Enumerable.Range(1, 18), 20, 24, 28, 32, 36, 40];
        var times = widths.ToDictionary(width => width, _ => new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var width in widths)
            {
                runner.Clear(0);
                BatchEntry[] batch = [.. Enumerable.Range(0, width).Select(at => new BatchEntry(5 + at, at, 0, true))];
                var started = Stopwatch.GetTimestamp();
                if (runner.Decode(batch) != DecodeStatus.Ok) throw new InvalidOperationException("The pass failed.");
                times[width].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        foreach (var width in widths)
        {
            times[width].Sort();
            var measured = runner.Capacity.PassCosts is { } costs && width <= costs.MostRows ? costs.Of(width, width) / 1000 : double.NaN;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{width,3} rows: {times[width][0],7:F2} ms at best, {times[width][Rounds / 2],7:F2} median, {measured,7:F2} as measured at the start"));
        }

        return 0;
    }
}
