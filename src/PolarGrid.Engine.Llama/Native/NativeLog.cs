using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace PolarGrid.Engine.Llama.Native;

/// <summary>
/// Carries the library's log into ours. The library writes from any thread, in pieces: a line ends with a line feed, and pieces of
/// level <c>CONT</c> belong to the line begun before on the same thread.
/// </summary>
/// <remarks>Its info lines are about loading and are many, so they arrive as debug; warnings and errors keep their level.</remarks>
internal static unsafe partial class NativeLog
{
    private const int LevelDebug = 1;
    private const int LevelInfo = 2;
    private const int LevelWarning = 3;
    private const int LevelError = 4;
    private const int LevelContinue = 5;

    [ThreadStatic]
    private static StringBuilder? line;

    [ThreadStatic]
    private static int lineLevel;

    private static volatile ILogger? target;

    /// <summary>The last error line of the library on this thread, for the sentence of a failed load; cleared by reading.</summary>
    [ThreadStatic]
    private static string? lastError;

    public static void Attach(ILogger logger)
    {
        target = logger;
        NativeBackend.SetLog(&Receive, null);
    }

    public static string? TakeLastError()
    {
        var error = lastError;
        lastError = null;
        return error;
    }

    internal static void Append(int level, string piece)
    {
        var text = line ??= new StringBuilder();
        if (level != LevelContinue)
        {
            Flush(text);
            lineLevel = level;
        }

        text.Append(piece);
        if (piece.EndsWith('\n')) Flush(text);
    }

    // An exception must not unwind into native code.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Receive(int level, byte* text, void* data)
    {
        try
        {
            if (Utf8Pointer.Read(text) is { } piece) Append(level, piece);
        }
        catch (Exception)
        {
            // A log sink that throws costs its line, nothing else.
        }
    }

    private static void Flush(StringBuilder text)
    {
        if (text.Length == 0) return;
        var message = text.ToString().TrimEnd();
        text.Clear();
        if (message.Length == 0 || message.All(c => c == '.')) return;
        if (lineLevel == LevelError) lastError = message;
        var level = MapLevel(lineLevel);
        if (target is { } logger && logger.IsEnabled(level)) Write(logger, level, message);
    }

    private static LogLevel MapLevel(int level) => level switch
    {
        LevelDebug => LogLevel.Trace,
        LevelInfo => LogLevel.Debug,
        LevelWarning => LogLevel.Warning,
        LevelError => LogLevel.Error,
        _ => LogLevel.Debug,
    };

    [LoggerMessage(EventId = 2101, Message = "llama: {Message}")]
    private static partial void Write(ILogger logger, LogLevel level, string message);
}
