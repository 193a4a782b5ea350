using Microsoft.Extensions.Logging;

namespace PolarGrid.Edge.Accounting;

/// <summary>Log messages of the ledger.</summary>
internal static partial class UsageLog
{
    [LoggerMessage(
        1201,
        LogLevel.Error,
        "Usage cannot be written to the database in {Folder}: {Message} Requests are answered all the same; up to {MostWaiting} records wait in memory until it can.")]
    public static partial void Failing(ILogger logger, string folder, string message, int mostWaiting);

    [LoggerMessage(1202, LogLevel.Warning, "Usage is written again; {Lost} records were lost meanwhile")]
    public static partial void Recovered(ILogger logger, long lost);

    [LoggerMessage(1203, LogLevel.Error, "The server stops and cannot write its usage to the database in {Folder}: {Lost} records are lost. {Message}")]
    public static partial void Lost(ILogger logger, long lost, string folder, string message);

    [LoggerMessage(1204, LogLevel.Error, "The usage of {RequestId} came after the stop and is lost")]
    public static partial void TooLate(ILogger logger, string requestId);

    [LoggerMessage(1205, LogLevel.Warning, "Usage records older than {Days} days could not be removed; it is tried again tomorrow. {Message}")]
    public static partial void Unpruned(ILogger logger, int days, string message);
}
