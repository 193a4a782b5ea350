using PolarGrid.Contracts.Shared;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.Streaming;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Generation;

/// <summary>The engine streams of one HTTP request, and what is measured on them.</summary>
internal sealed class GenerationRun(
    IReadOnlyList<GenerationStream> streams, int choicesEach, string promptField, RequestState state, EdgeMetrics metrics, TimeProvider time, long submitted)
{
    private readonly KeyValuePair<string, object?> modelTag = new(EdgeMetrics.ModelTag, state.Model);
    private long lastTokens;

    /// <summary>One per prompt.</summary>
    public IReadOnlyList<GenerationStream> Streams { get; } = streams;

    /// <summary>Choices of each prompt.</summary>
    public int ChoicesEach { get; } = choicesEach;

    public string PromptField { get; } = promptField;

    /// <summary>How answers are taken apart; null: all text is content.</summary>
    public AnswerShape? Shape { get; init; }

    /// <summary>Tokens that choices spent on thinking; to be set before the run is stopped.</summary>
    public int ReasoningTokens { get; set; }

    /// <summary>The field that says what the answers must look like; null where none does.</summary>
    public string? FormatField { get; init; }

    /// <summary>All streams together.</summary>
    public GenerationUsage Usage => WireUsage.Sum(Streams);

    /// <summary>Notes that tokens have just arrived; allocates nothing after the first time.</summary>
    public void CountTokens()
    {
        var now = time.GetTimestamp();
        if (state.TimeToFirstToken is null)
        {
            state.TimeToFirstToken = time.GetElapsedTime(state.Started, now);
            metrics.TimeToFirstToken.Record(state.TimeToFirstToken.Value.TotalSeconds, modelTag);
        }
        else
        {
            metrics.InterToken.Record(time.GetElapsedTime(lastTokens, now).TotalSeconds, modelTag);
        }

        lastTokens = now;
    }

    /// <summary>Where and how long, up to now; call it once the last token is there.</summary>
    public AnswerMetadata Describe(string region, bool streamed)
    {
        var now = time.GetTimestamp();
        var queued = Streams.Max(stream => stream.QueueTime);
        var total = time.GetElapsedTime(state.Started, now);
        return new AnswerMetadata
        {
            Region = region,
            LatencyMs = Milliseconds(total),
            QueueTimeMs = Milliseconds(queued),
            InferenceTimeMs = Math.Max(0, Milliseconds(time.GetElapsedTime(submitted, now) - queued)),
            InferenceTtftMs = streamed && state.TimeToFirstToken is { } first ? Milliseconds(first) : null,
            InferenceTotalMs = streamed ? Milliseconds(total) : null,
        };
    }

    public void Cancel()
    {
        foreach (var stream in Streams) stream.Cancel();
    }

    /// <summary>
    /// Ends what still runs and waits until the engine has let go, so that the counts are final: what was produced is metered even
    /// when the caller has gone.
    /// </summary>
    public async Task StopAsync()
    {
        foreach (var stream in Streams)
        {
            var next = stream.WaitAsync();
            if (!next.IsCompleted) stream.Cancel();
            while (await next)
            {
                stream.Cancel();
                while (stream.TryRead(out _))
                {
                }

                next = stream.WaitAsync();
            }
        }

        state.Usage = Usage;
        state.ReasoningTokens = ReasoningTokens;
    }

    /// <summary>To the microsecond.</summary>
    private static double Milliseconds(TimeSpan span) => Math.Round(span.TotalMilliseconds, 3);
}
