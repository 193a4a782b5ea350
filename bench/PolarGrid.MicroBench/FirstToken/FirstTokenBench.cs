using System.Diagnostics;
using System.Globalization;
using PolarGrid.Engine;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Running;

namespace PolarGrid.MicroBench.FirstToken;

/// <summary>
/// What the server adds to the time to the first token: the same prompts through HTTP, parsing, template, queue and stream, and
/// through a bare loop of forward pass and sampler, in turn. Every prompt is new, so nothing comes from the cache.
/// </summary>
internal static class FirstTokenBench
{
    private const int PromptTokens = 48;

    public static async Task<int> RunAsync(string model, int rounds, int threads)
    {
        await using var server = await ServerUnderTest.StartAsync(model, threads);
        using var bare = server.CreateBareRunner(threads);
        var bareTimes = new List<double>();
        var serverTimes = new List<double>();
        for (var round = -5; round < rounds; round++)
        {
            var fromServer = await server.FirstTokenAsync(PromptTokens, round + 1000);
            var fromBare = BareFirstToken(bare, server.LastPromptTokens, round + 1000, server.VocabularySize);
            if (round < 0) continue;
            serverTimes.Add(fromServer.TotalMilliseconds);
            bareTimes.Add(fromBare.TotalMilliseconds);
        }

        var differences = serverTimes.Zip(bareTimes, (one, other) => one - other).ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"first token, {rounds} prompts of {server.LastPromptTokens} tokens, {threads} threads: server {Median(serverTimes):F2} ms, "
            + $"bare loop {Median(bareTimes):F2} ms, added {Median(differences):F2} ms (medians)"));
        return 0;
    }

    private static TimeSpan BareFirstToken(LlamaRunner runner, int promptTokens, int seed, int vocabulary)
    {
        var random = new Random(seed);
        var batch = new BatchEntry[promptTokens];
        for (var at = 0; at < promptTokens; at++) batch[at] = new BatchEntry(random.Next(300, Math.Min(vocabulary, 2000)), at, 0, at == promptTokens - 1);
        var started = Stopwatch.GetTimestamp();
        runner.Clear(0);
        if (runner.Decode(batch) != DecodeStatus.Ok) throw new InvalidOperationException("The bare loop failed.");
        using var sampler = runner.CreateSampler(new SamplingSettings { Temperature = 0 }, []);
        sampler.Sample(promptTokens - 1, allowEnd: true);
        return Stopwatch.GetElapsedTime(started);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
