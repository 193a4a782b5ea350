using System.Globalization;
using PolarGrid.LoadBench.Reports;

namespace PolarGrid.LoadBench.Speech;

/// <summary>The report for people.</summary>
internal static class SpeechTable
{
    public static string Of(SpeechReport report)
    {
        var rows = new TextTable("text", "first audio, ours", "p95", "first sentence, theirs", "ratio", "speed, ours", $"speed, {report.Peer}", "ratio", "bars", "met");
        foreach (var row in report.Rows)
        {
            var first = row.FirstAudioRatio is null ? $"{SpeechBars.FirstAudioMilliseconds} ms" : $"<= {Ratio(SpeechBars.FirstAudioRatio)}";
            rows.Add(
                row.Text, $"{Number(row.OursFirstAudio.P50)} ms", $"{Number(row.OursFirstAudio.P95)} ms",
                row.TheirsFirstSentence is { } theirs ? $"{Number(theirs.P50)} ms" : "-", row.FirstAudioRatio is { } ratio ? Ratio(ratio) : "-",
                $"{Number(row.OursSpeed.P50)}x", $"{Number(row.TheirsSpeed.P50)}x", Ratio(row.SpeedRatio), $"{first}, >= {Ratio(SpeechBars.SpeedRatio)}", SpeechBars.Meets(row) ? "yes" : "NO");
        }

        var end = report.Model is null
            ? "The command line writes its file at the end."
            : "Theirs is sherpa-onnx's own Node binding, loaded before and timed around its call; ours is asked over HTTP and streams.";
        var text = $"{rows}\nMedians of {report.Rounds} rounds, both in turn. Speed: seconds of audio made in a second. {end}\n";
        return report.Callers is { } callers ? $"{text}\n{Callers(callers)}" : text;
    }

    private static string Callers(CallersResult result)
    {
        var table = new TextTable("callers", "alone", "p50", "p95", "over ideal", "bar", "met", "first audio p50", "left", "wrong", "memory half-way", "at the end");
        table.Add(
            result.Callers.ToString(CultureInfo.InvariantCulture), $"{Number(result.AloneMilliseconds)} ms", $"{Number(result.Latency.P50)} ms", $"{Number(result.Latency.P95)} ms",
            Ratio(result.OverIdeal), $"<= {Ratio(SpeechBars.OverIdeal)}", SpeechBars.Meets(result) ? "yes" : "NO", $"{Number(result.FirstAudio.P50)} ms",
            result.Left.ToString(CultureInfo.InvariantCulture), result.Wrong.ToString(CultureInfo.InvariantCulture), Mebibytes(result.MemoryHalfWay), Mebibytes(result.MemoryAtEnd));
        return $"{table}\n{result.Seconds.ToString("F0", CultureInfo.InvariantCulture)} seconds; every third caller leaves after a second of audio and asks again.\n";
    }

    private static string Number(double value) => value.ToString("F1", CultureInfo.InvariantCulture);

    private static string Ratio(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    private static string Mebibytes(long bytes) => $"{bytes >> 20} MiB";
}
