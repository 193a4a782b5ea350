namespace PolarGrid.Edge.Transcription.Jobs;

/// <summary>How far a job is.</summary>
internal enum JobStatus
{
    Queued,
    Processing,
    Completed,
    Failed,
}

/// <summary>Their names on the wire and in the table.</summary>
internal static class JobStatuses
{
    private static readonly string[] Names = ["queued", "processing", "completed", "failed"];

    public static string Name(this JobStatus status) => Names[(int)status];

    public static JobStatus Parse(string name) => (JobStatus)Array.IndexOf(Names, name);

    public static bool IsFinished(this JobStatus status) => status is JobStatus.Completed or JobStatus.Failed;
}
