namespace PolarGrid.Edge.Transcription;

/// <summary>What a transcription is written as.</summary>
internal enum TranscriptFormat
{
    Json,
    Text,
    Srt,
    VerboseJson,
    Vtt,
}

/// <summary>Their names on the wire.</summary>
internal static class TranscriptFormats
{
    /// <summary>In the order of the enum.</summary>
    public static readonly string[] Names = ["json", "text", "srt", "verbose_json", "vtt"];

    public static string Name(this TranscriptFormat format) => Names[(int)format];

    public static TranscriptFormat Parse(string name) => (TranscriptFormat)Array.IndexOf(Names, name);
}
