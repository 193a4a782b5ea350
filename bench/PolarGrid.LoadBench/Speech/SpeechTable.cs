using System.Globalization;
using PolarGrid.LoadBench.Audio;
using PolarGrid.LoadBench.Reports;

namespace PolarGrid.LoadBench.Speech;

/// <summary>The report for people.</summary>
internal static class SpeechTable
{
    public static string Of(AudioReport<SpeechRow> report)
    {
        var rows = new TextTable("text", "first audio, ours", "p95", "first sentence, theirs", "ratio", "speed, ours", $"speed, {report.Peer}", "ratio", "bars", "met");
        foreach (var row in report.Rows)
        {
            var first = row.FirstAudioRatio is null ? $"{AudioBars.FirstAudioMilliseconds} ms" : $"<= {Ratio(AudioBars.FirstAudioRatio)}";
            rows.Add(
                row.Text, $"{Number(row.OursFirstAudio.P50)} ms", $"{Number(row.OursFirstAudio.P95)} ms",
                row.TheirsFirstSentence is { } theirs ? $"{Number(theirs.P50)} ms" : "-", row.FirstAudioRatio is { } ratio ? Ratio(ratio) : "-",
                $"{Number(row.OursSpeed.P50)}x", $"{Number(row.TheirsSpeed.P50)}x", Ratio(row.SpeedRatio), $"{first}, >= {Ratio(AudioBars.SpeedRatio)}", AudioBars.Meets(row) ? "yes" : "NO");
        }

        var end = report.Model is null
            ? "The command line writes its file at the end."
            : "Theirs is sherpa-onnx's own Node binding, loaded before and timed around its call; ours is asked over HTTP and streams.";
        var text = $"{rows}\nMedians of {report.Rounds} rounds, both in turn. Speed: seconds of audio made in a second. {end}\n";
        if (report.Callers is not { } callers) return text;
        var many = CallersTable.Of(callers, "after a second of audio");
        return report.Rows.Count == 0 ? many : $"{text}\n{many}";
    }

    private static string Number(double value) => value.ToString("F1", CultureInfo.InvariantCulture);

    private static string Ratio(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
