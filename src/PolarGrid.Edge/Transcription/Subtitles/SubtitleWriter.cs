using System.Globalization;
using System.Text;

namespace PolarGrid.Edge.Transcription.Subtitles;

/// <summary>SubRip and WebVTT, with single line feeds, as every player reads them.</summary>
internal static class SubtitleWriter
{
    /// <summary>SubRip knows no escapes: an arrow that would look like a time line becomes a real one.</summary>
    public static string Srt(IReadOnlyList<Cue> cues)
    {
        var text = new StringBuilder();
        for (var index = 0; index < cues.Count; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{index + 1}\n{Time(cues[index].Start, ',')} --> {Time(cues[index].End, ',')}\n");
            foreach (var line in cues[index].Lines) text.Append(line.Replace("-->", "→", StringComparison.Ordinal)).Append('\n');
            text.Append('\n');
        }

        return text.ToString();
    }

    public static string Vtt(IReadOnlyList<Cue> cues)
    {
        var text = new StringBuilder("WEBVTT\n\n");
        foreach (var cue in cues)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Time(cue.Start, '.')} --> {Time(cue.End, '.')}\n");
            foreach (var line in cue.Lines) text.Append(Escape(line)).Append('\n');
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Escape(string line) => line
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Time(long milliseconds, char separator) => string.Create(
        CultureInfo.InvariantCulture,
        $"{milliseconds / 3_600_000:00}:{milliseconds / 60_000 % 60:00}:{milliseconds / 1000 % 60:00}{separator}{milliseconds % 1000:000}");
}
