namespace PolarGrid.Edge.Accounting;

/// <summary>What a request asked for, as usage is counted.</summary>
public enum UsageKind
{
    Chat,
    Completion,
    Embedding,
    Speech,
    Transcription,
    Translation,

    /// <summary>A live session counts as one request.</summary>
    LiveTranscription,
}

/// <summary>Their names in answers and in the database.</summary>
public static class UsageKinds
{
    /// <summary>In the order of the enum.</summary>
    private static readonly string[] Names = ["chat", "completion", "embedding", "speech", "transcription", "translation", "live_transcription"];

    public static string Name(this UsageKind kind) => Names[(int)kind];
}
