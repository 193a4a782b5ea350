using Microsoft.Extensions.Logging;

namespace PolarGrid.Edge.Observability;

/// <summary>All log messages of the edge. None carries a prompt, an answer or a key.</summary>
internal static partial class EdgeLog
{
    [LoggerMessage(
        1001,
        LogLevel.Information,
        "{RequestId} {Method} {Route} {Status} {Outcome} error={ErrorCode} key={KeyId} model={Model} stream={Streamed} " +
        "prompt={PromptTokens} cached={CachedTokens} completion={CompletionTokens} " +
        "characters={Characters} spoken_s={SpokenSeconds:F2} heard_s={HeardSeconds:F2} first_token_ms={FirstTokenMs:F1} total_ms={TotalMs:F1}")]
    public static partial void Answered(
        ILogger logger,
        string requestId,
        string method,
        string route,
        int status,
        RequestOutcome outcome,
        string? errorCode,
        string? keyId,
        string? model,
        bool streamed,
        int promptTokens,
        int cachedTokens,
        int completionTokens,
        int characters,
        double spokenSeconds,
        double heardSeconds,
        double? firstTokenMs,
        double totalMs);

    [LoggerMessage(1002, LogLevel.Error, "{RequestId} failed with {ExceptionType}\n{Stack}")]
    public static partial void Unexpected(ILogger logger, string requestId, string? exceptionType, string? stack);

    [LoggerMessage(1003, LogLevel.Debug, "{RequestId} the caller went away ({ExceptionType})")]
    public static partial void Disconnected(ILogger logger, string requestId, string exceptionType);

    [LoggerMessage(1004, LogLevel.Information, "Traces go to {Endpoint}")]
    public static partial void Tracing(ILogger logger, string endpoint);

    [LoggerMessage(1005, LogLevel.Error, "{RequestId} the speech engine failed: {Message} {ExceptionType}\n{Stack}")]
    public static partial void EngineFailed(ILogger logger, string requestId, string message, string? exceptionType, string? stack);

    [LoggerMessage(1006, LogLevel.Warning, "{RequestId} was refused: another program keeps the database locked")]
    public static partial void StorageBusy(ILogger logger, string requestId);
}
