using PolarGrid.Contracts.Errors;

namespace PolarGrid.Edge.Transcription.Jobs;

/// <summary>A job as it is kept, without its result.</summary>
/// <param name="Id">With its prefix.</param>
/// <param name="KeyId">Whose it is.</param>
/// <param name="Model">That listens.</param>
/// <param name="Format">Of the result.</param>
/// <param name="Created">When it was submitted.</param>
internal sealed record JobRecord(string Id, string KeyId, string Model, TranscriptFormat Format, DateTimeOffset Created)
{
    public JobStatus Status { get; init; }

    /// <summary>Null until it is finished.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>Null unless it failed.</summary>
    public ErrorBody? Error { get; init; }
}
