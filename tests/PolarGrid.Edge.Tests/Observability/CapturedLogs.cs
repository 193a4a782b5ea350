using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PolarGrid.Edge.Tests.Observability;

/// <summary>Keeps every log line of every category, at every level.</summary>
internal sealed class CapturedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<(EventId Id, string Text)> lines = new();

    public IReadOnlyList<(EventId Id, string Text)> Lines => [.. lines];

    /// <summary>The edge's own line about a request.</summary>
    public IReadOnlyList<string> Requests => [.. lines.Where(line => line.Id.Id == 1001 && line.Text.StartsWith("PolarGrid", StringComparison.Ordinal)).Select(line => line.Text)];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, lines);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<(EventId Id, string Text)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue((default, $"{category} scope {state}"));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : "";
            lines.Enqueue((eventId, $"{category} {formatter(state, exception)} {exception} {values}"));
        }
    }
}
