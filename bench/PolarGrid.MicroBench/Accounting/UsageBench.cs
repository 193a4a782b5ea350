using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Edge;
using PolarGrid.Edge.Accounting;
using PolarGrid.Edge.Limits;

namespace PolarGrid.MicroBench.Accounting;

/// <summary>What limits and usage cost a request, on a real disk.</summary>
internal static class UsageBench
{
    private const int Records = 20_000, Takes = 1_000_000, Rounds = 5;

    public static async Task<int> RunAsync()
    {
        var windows = new RequestWindows(TimeProvider.System);
        Print("one request taken from a key's minute", CpuTime.PerCall(Takes, () => windows.TryTake("key", int.MaxValue)), "µs of processor time");

        var folder = Directory.CreateTempSubdirectory("polargrid-usage-bench-").FullName;
        try
        {
            await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
            for (var round = 0; round < Rounds; round++) await RoundAsync(folder, services.GetRequiredService<IMeterFactory>(), round);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task RoundAsync(string folder, IMeterFactory meters, int round)
    {
        var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await using (var ledger = new UsageLedger(new EdgeOptions { DataFolder = folder }, meters, TimeProvider.System, NullLogger<UsageLedger>.Instance))
        {
            for (var index = 0; index < Records; index++) await ledger.AddAsync(Record($"req_{round}_{index}"));
        }

        Print("records that come as fast as they are written", Records / clock.Elapsed.TotalSeconds, "each second");
        Print("one of them", (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / Records, "µs of processor time");

        var waits = new List<double>();
        using var store = new UsageStore(folder);
        for (var index = 0; index < 200; index++)
        {
            var started = Stopwatch.GetTimestamp();
            store.Add([Record($"req_single_{round}_{index}")]);
            waits.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        Print("a record that comes alone is on disk after", waits.Order().ElementAt(100), "ms (median)");
    }

    private static UsageRecord Record(string id) => new(id, "key_0123456789abcdef", UsageKind.Chat, TimeProvider.System.GetUtcNow())
    {
        Model = "polar-tiny", Status = 200, Outcome = UsageOutcome.Answered, PromptTokens = 100, CachedTokens = 50, CompletionTokens = 200,
    };

    private static void Print(string what, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-46} {value,12:0.###} {unit}"));
}
