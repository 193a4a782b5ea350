using System.Globalization;
using PolarGrid.LoadBench.Reports;
using PolarGrid.LoadBench.Speech;

namespace PolarGrid.LoadBench.Transcription;

/// <summary>The report for people, and the bars.</summary>
internal static class TranscriptionTable
{
    public const double SpeedRatio = 0.98;

    public static bool Meets(TranscriptionReport report) =>
        report.Rows.All(row => row.SpeedRatio >= SpeedRatio) && (report.Callers is not { } callers || SpeechBars.Meets(callers));

    public static string Of(TranscriptionReport report)
    {
        var rows = new TextTable("recording", "seconds", "real-time factor, ours", "p95", report.Peer, "ours / theirs", "bar", "met");
        foreach (var row in report.Rows)
        {
            rows.Add(
                row.Recording, Number(row.Seconds), Number(row.OursFactor.P50), Number(row.OursFactor.P95), Number(row.TheirsFactor.P50),
                Number(row.SpeedRatio), Number(SpeedRatio), row.SpeedRatio >= SpeedRatio ? "yes" : "NO");
        }

        var start = report.TheirStart is { } theirs
            ? $"Their {theirs.P50.ToString("F0", CultureInfo.InvariantCulture)} ms for starting and loading are taken off; ours has loaded."
            : "Theirs is sherpa-onnx's own Node binding, loaded before and timed around its calls, the reading of the file included; ours is asked over HTTP.";
        var text = $"{rows}\nMedians of {report.Rounds} rounds, both in turn. {start}\n";
        if (report.Callers is not { } many) return text;
        var table = new TextTable("callers", "alone ms", "p50 ms", "p95 ms", "over ideal", "met", "left", "wrong", "memory half-way", "at the end");
        table.Add(
            many.Callers.ToString(CultureInfo.InvariantCulture), Number(many.AloneMilliseconds), Number(many.Latency.P50), Number(many.Latency.P95), Number(many.OverIdeal),
            SpeechBars.Meets(many) ? "yes" : "NO", many.Left.ToString(CultureInfo.InvariantCulture), many.Wrong.ToString(CultureInfo.InvariantCulture),
            $"{many.MemoryHalfWay >> 20} MiB", $"{many.MemoryAtEnd >> 20} MiB");
        return $"{text}\n{table}\n{many.Seconds.ToString("F0", CultureInfo.InvariantCulture)} seconds; every third caller leaves before its answer can be there and asks again.\n";
    }

    private static string Number(double value) => value.ToString(value < 0.1 ? "F4" : "F2", CultureInfo.InvariantCulture);
}
