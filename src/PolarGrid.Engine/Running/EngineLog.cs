using Microsoft.Extensions.Logging;

namespace PolarGrid.Engine.Running;

/// <summary>The engine's log messages. None carries text of a prompt or an answer.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(1001, LogLevel.Critical, "The engine loop broke; every request of this model fails from now on.")]
    public static partial void LoopBroken(ILogger logger, Exception exception);

    [LoggerMessage(1002, LogLevel.Error, "A step of {Entries} tokens ({Decoding} decoding) failed: {Status}.")]
    public static partial void StepFailed(ILogger logger, DecodeStatus status, int entries, int decoding);
}
