using System.Text.Json.Serialization.Metadata;
using PolarGrid.LoadBench.Reports;
using PolarGrid.LoadBench.Speech;
using PolarGrid.LoadBench.Transcription;

namespace PolarGrid.LoadBench.Audio;

/// <summary>What tells the audio commands apart once they have measured.</summary>
/// <param name="Name">Of the result files.</param>
/// <param name="Title">Of the Markdown file.</param>
/// <param name="Peer">What sherpa-onnx's binding is asked to be.</param>
/// <param name="Type">How the report is written.</param>
/// <param name="Table">Of the rows, with the sentence below it.</param>
/// <param name="Meets">Whether a row reaches its bars.</param>
internal sealed record AudioKind<TRow>(
    string Name, string Title, string Peer, JsonTypeInfo<AudioReport<TRow>> Type, Func<AudioReport<TRow>, string> Table, Func<TRow, bool> Meets);

/// <summary>The two of them.</summary>
internal static class AudioKinds
{
    public static AudioKind<SpeechRow> Speech { get; } =
        new("speech", "Speech", "voice", ReportJson.Default.AudioReportSpeechRow, SpeechTable.Of, AudioBars.Meets);

    public static AudioKind<TranscriptionRow> Transcription { get; } =
        new("transcribe", "Transcription", "recogniser", ReportJson.Default.AudioReportTranscriptionRow, TranscriptionTable.Of, AudioBars.Meets);
}
