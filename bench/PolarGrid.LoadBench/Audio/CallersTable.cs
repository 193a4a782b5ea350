using System.Globalization;
using PolarGrid.LoadBench.Reports;

namespace PolarGrid.LoadBench.Audio;

/// <summary>The part of a report that is about many callers.</summary>
internal static class CallersTable
{
    /// <param name="result">To be shown.</param>
    /// <param name="leaves">When every third leaves: the end of a sentence.</param>
    public static string Of(CallersResult result, string leaves)
    {
        var table = new TextTable("callers", "alone", "p50", "p95", "over ideal", "bar", "met", "first audio p50", "left", "wrong", "memory half-way", "at the end");
        table.Add(
            Whole(result.Callers), Milliseconds(result.AloneMilliseconds), Milliseconds(result.Latency.P50), Milliseconds(result.Latency.P95),
            Ratio(result.OverIdeal), $"<= {Ratio(AudioBars.OverIdeal)}", AudioBars.Meets(result) ? "yes" : "NO",
            result.FirstAudio is { } first ? Milliseconds(first.P50) : "-", Whole(result.Left), Whole(result.Wrong), Mebibytes(result.MemoryHalfWay), Mebibytes(result.MemoryAtEnd));
        return $"{table}\n{result.Seconds.ToString("F0", CultureInfo.InvariantCulture)} seconds; every third caller leaves {leaves} and asks again.\n";
    }

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Milliseconds(double value) => $"{value.ToString("F1", CultureInfo.InvariantCulture)} ms";

    private static string Ratio(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    private static string Mebibytes(long bytes) => $"{bytes >> 20} MiB";
}
