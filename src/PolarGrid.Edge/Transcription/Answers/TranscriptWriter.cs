using System.IO.Compression;
using System.Text;
using System.Text.Json;
using PolarGrid.Contracts;
using PolarGrid.Contracts.Transcription;
using PolarGrid.Edge.Transcription.Subtitles;

namespace PolarGrid.Edge.Transcription.Answers;

/// <summary>Writes a whole transcription in the asked format.</summary>
internal static class TranscriptWriter
{
    public static string MediaType(TranscriptFormat format) =>
        format is TranscriptFormat.Json or TranscriptFormat.VerboseJson ? "application/json; charset=utf-8" : "text/plain; charset=utf-8";

    public static byte[] Write(TranscriptionPlan plan, HeardText heard, double seconds) => plan.Format switch
    {
        TranscriptFormat.Json => JsonSerializer.SerializeToUtf8Bytes(new Transcript { Text = heard.Text, Usage = UsageOf(seconds) }, WireJson.Wire.Transcript),
        TranscriptFormat.VerboseJson => JsonSerializer.SerializeToUtf8Bytes(Verbose(plan, heard, seconds), WireJson.Wire.VerboseTranscript),
        TranscriptFormat.Srt => Encoding.UTF8.GetBytes(SubtitleWriter.Srt(CueMaker.Cues(heard.Segments))),
        TranscriptFormat.Vtt => Encoding.UTF8.GetBytes(SubtitleWriter.Vtt(CueMaker.Cues(heard.Segments))),
        _ => Encoding.UTF8.GetBytes(heard.Text + "\n"),
    };

    public static TranscriptUsage UsageOf(double seconds) => new() { Seconds = Round(seconds) };

    public static TranscriptWord Word(Engine.Speech.TranscribedWord word) => new() { Word = word.Text, Start = Round(word.Start), End = Round(word.End) };

    /// <summary>To the millisecond.</summary>
    public static double Round(double seconds) => Math.Round(seconds, 3);

    private static VerboseTranscript Verbose(TranscriptionPlan plan, HeardText heard, double seconds) => new()
    {
        Task = plan.Task,
        Language = LanguageNames.Of(plan.Settings.Translate ? "en" : heard.Language),
        Duration = Round(seconds),
        Text = heard.Text,
        Segments = plan.WithSegments ? [.. heard.Segments.Select((segment, index) => Segment(plan, segment, index))] : null,
        Words = plan.WithWords ? [.. heard.Segments.SelectMany(segment => segment.Words).Select(Word)] : null,
        Usage = UsageOf(seconds),
    };

    private static TranscriptSegment Segment(TranscriptionPlan plan, HeardSegment segment, int index) => new()
    {
        Id = index,
        Seek = (int)(segment.Start * 100),
        Start = Round(segment.SpeechStart),
        End = Round(segment.SpeechEnd),
        Text = segment.Text,
        Tokens = segment.Piece.Tokens,
        Temperature = Round(plan.Settings.Temperature),
        AvgLogprob = Finite(segment.Piece.AverageLogProbability),
        CompressionRatio = CompressionRatio(segment.Text),
        NoSpeechProb = Finite(segment.Piece.NoSpeechProbability),
    };

    /// <summary>JSON has no other numbers.</summary>
    private static double Finite(double? number) => number is { } known && double.IsFinite(known) ? known : 0;

    private static double CompressionRatio(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        using var compressed = new MemoryStream();
        using (var writer = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true)) writer.Write(bytes);
        return bytes.Length == 0 ? 1 : Math.Round((double)bytes.Length / compressed.Length, 4);
    }
}
