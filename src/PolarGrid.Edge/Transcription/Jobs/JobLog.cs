using Microsoft.Extensions.Logging;

namespace PolarGrid.Edge.Transcription.Jobs;

/// <summary>Log messages of jobs. None carries what was said.</summary>
internal static partial class JobLog
{
    [LoggerMessage(1101, LogLevel.Information, "{JobId} {Status} error={ErrorCode} key={KeyId} model={Model} heard_s={HeardSeconds:F2} total_ms={TotalMs:F1}")]
    public static partial void Ended(
        ILogger logger, string jobId, JobStatus status, string? errorCode, string keyId, string model, double heardSeconds, double totalMs);

    [LoggerMessage(1102, LogLevel.Error, "{JobId} failed with {ExceptionType}\n{Stack}")]
    public static partial void Unexpected(ILogger logger, string jobId, string? exceptionType, string? stack);

    [LoggerMessage(1103, LogLevel.Error, "{JobId} could not be written to the table as {Status}")]
    public static partial void Unwritten(ILogger logger, Exception failure, string jobId, JobStatus status);

    [LoggerMessage(1104, LogLevel.Warning, "{JobId} could not be removed from the table; the next start removes it")]
    public static partial void Unremoved(ILogger logger, Exception failure, string jobId);
}
