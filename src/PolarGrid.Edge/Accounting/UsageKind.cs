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
