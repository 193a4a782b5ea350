namespace PolarGrid.Edge.Transcription.Jobs;

/// <summary>What is known of a job's work when it ends or breaks off.</summary>
internal sealed class JobProgress
{
    public double HeardSeconds { get; set; }

    /// <summary>HTTP status that a caller on the line would have got.</summary>
    public int Status { get; set; } = 500;
}
