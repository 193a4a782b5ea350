using System.Globalization;
using PolarGrid.LoadBench.Audio;
using PolarGrid.LoadBench.Reports;

namespace PolarGrid.LoadBench.Transcription;

/// <summary>The report for people.</summary>
internal static class TranscriptionTable
{
    public static string Of(AudioReport<TranscriptionRow> report)
    {
        var rows = new TextTable("recording", "seconds", "real-time factor, ours", "p95", report.Peer, "ours / theirs", "bar", "met");
        foreach (var row in report.Rows)
        {
            rows.Add(
                row.Recording, Number(row.Seconds), Number(row.OursFactor.P50), Number(row.OursFactor.P95), Number(row.TheirsFactor.P50),
                Number(row.SpeedRatio), $">= {Number(AudioBars.SpeedRatio)}", AudioBars.Meets(row) ? "yes" : "NO");
        }

        var start = report.TheirStart is { } theirs
            ? $"Their {theirs.P50.ToString("F0", CultureInfo.InvariantCulture)} ms for starting and loading are taken off; ours has loaded."
            : "Theirs is sherpa-onnx's own Node binding, loaded before and timed around its calls, the reading of the file included; ours is asked over HTTP.";
        var text = $"{rows}\nMedians of {report.Rounds} rounds, both in turn. {start}\n";
        if (report.Callers is not { } callers) return text;
        var many = CallersTable.Of(callers, "before its answer can be there");
        return report.Rows.Count == 0 ? many : $"{text}\n{many}";
    }

    private static string Number(double value) => value.ToString(value < 0.1 ? "F4" : "F2", CultureInfo.InvariantCulture);
}
