using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Engine.Llama;
using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Running;

namespace PolarGrid.MicroBench.Loading;

/// <summary>What mapping, repacking and fused attention do to the processor time of prompts and single tokens, on one thread.</summary>
internal static class LoadingBench
{
    public static int Run(string model)
    {
        var backend = LlamaBackend.Start(null, NullLogger.Instance);
        Console.WriteLine("milliseconds of processor time on one thread");
        Console.WriteLine($"{"",-38} {"load",8} {"128 tokens",12} {"1 token",10} {"1 of 16 seqs x 60",18}");
        foreach (var (map, repack, flash) in (IEnumerable<(bool, bool, FlashAttention)>)
            [
                (true, true, FlashAttention.Automatic), (false, true, FlashAttention.Automatic), (true, false, FlashAttention.Automatic),
                (false, false, FlashAttention.Automatic), (true, true, FlashAttention.Off),
            ])
        {
            var before = Environment.CpuUsage.TotalTime;
            using var weights = LlamaModelLoader.Load(
                backend, model, new LlamaModelOptions { MemoryMap = map, RepackWeights = repack }, null, CancellationToken.None);
            var load = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
            using var runner = weights.CreateRunner(
                new LlamaRunnerOptions { KvTokens = 2048, Sequences = 32, BatchTokens = 128, Threads = 1, FlashAttention = flash },
                TimeProvider.System);

            var prompt = Enumerable.Range(0, 128).Select(i => new BatchEntry((i % 50) + 1, i, 0, i == 127)).ToArray();
            var prefill = CpuTime.PerCall(1, () => { runner.Clear(0); runner.Decode(prompt); }) / 1000;
            var position = 128;
            var single = new BatchEntry[1];
            var decode = CpuTime.PerCall(8, () => { single[0] = new BatchEntry(5, position++, 0, true); runner.Decode(single); }) / 1000;
            for (var sequence = 1; sequence <= 16; sequence++)
            {
                runner.Decode(Enumerable.Range(0, 60).Select(i => new BatchEntry((i % 50) + 1, i, sequence, false)).ToArray());
            }

            var crowded = CpuTime.PerCall(8, () => { single[0] = new BatchEntry(5, position++, 0, true); runner.Decode(single); }) / 1000;
            Console.WriteLine(
                $"{(map ? "map" : "read") + (repack ? ", repack" : "") + ", attention " + flash,-38} {load,8:F0} {prefill,12:F1} {decode,10:F2} {crowded,18:F2}");
        }

        return 0;
    }
}
