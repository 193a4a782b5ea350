using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Generation;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Streaming;

/// <summary>
/// Sends one answer as server-sent events (wire format section 7). There is one pump per engine stream; they take turns.
/// </summary>
/// <remarks>
/// Every wake-up writes all events that are there and flushes once; the awaited flush is the back-pressure of a slow reader.
/// In steady state a token allocates nothing.
/// </remarks>
internal sealed class StreamedAnswer
{
    /// <summary>A reader that fell far behind gets its backlog in pieces, so that the server's own buffer keeps its bound.</summary>
    private const int MostUnflushedBytes = 16 * 1024;

    /// <summary>What a log-probability takes in JSON, about.</summary>
    private const int LogprobBytes = 96;

    private readonly EventStream events;
    private readonly GenerationRun run;
    private readonly ChunkFormat format;
    private readonly string region;
    private readonly SseWriter writer;
    private readonly ChoiceStream?[]? choices;
    private int running;
    private EngineError? failure;

    /// <param name="events">Where it goes; disposed of by the caller.</param>
    /// <param name="run">What the engine generates; stopped when this is done.</param>
    /// <param name="format">Of the chunks.</param>
    /// <param name="region">Where this edge stands, as the last chunk tells it.</param>
    public StreamedAnswer(EventStream events, GenerationRun run, ChunkFormat format, string region)
    {
        this.events = events;
        this.run = run;
        this.format = format;
        this.region = region;
        writer = new SseWriter(events.Output, format);
        running = run.Streams.Count * run.ChoicesEach;
        choices = run.Shape is null ? null : new ChoiceStream[running];
    }

    /// <summary>Sends everything. Returns when the last event is out; throws what the connection throws when the caller has gone.</summary>
    public async Task SendAsync()
    {
        try
        {
            await PumpAllAsync();
            await EndAsync();
        }
        finally
        {
            await run.StopAsync();
        }
    }

    private async Task PumpAllAsync()
    {
        try
        {
            if (run.Streams.Count == 1) await PumpAsync(run.Streams[0], 0);
            else await Task.WhenAll(run.Streams.Select((stream, index) => PumpAsync(stream, index * run.ChoicesEach)));
        }
        finally
        {
            // Of choices that were cut off as well.
            run.ReasoningTokens = choices?.Sum(choice => choice?.ReasoningTokens ?? 0) ?? 0;
        }
    }

    private async Task PumpAsync(GenerationStream stream, int firstChoice)
    {
        try
        {
            while (await stream.WaitAsync())
            {
                await events.EnterAsync();
                try
                {
                    if (!WriteEvents(stream, firstChoice)) return;
                    await events.FlushAsync();
                }
                finally
                {
                    events.Leave();
                }
            }
        }
        catch
        {
            run.Cancel();
            throw;
        }
    }

    /// <summary>Writes what can be read now, up to a bound. False when this answer has failed, here or in another stream.</summary>
    private bool WriteEvents(GenerationStream stream, int firstChoice)
    {
        var (tokens, bytes) = (0, 0);
        while (bytes < MostUnflushedBytes && stream.TryRead(out var item))
        {
            if (item.Kind == TokenEventKind.Failed)
            {
                failure ??= stream.Error;
                run.Cancel();
            }

            if (failure is not null) return false;
            if (item.Tokens > 0 && tokens == 0) run.CountTokens();
            tokens += item.Tokens;
            bytes += format.Head.Length + item.TextLength + (item.Logprobs * LogprobBytes);
            Write(stream, item, firstChoice);
        }

        return true;
    }

    private void Write(GenerationStream stream, in TokenEvent item, int firstChoice)
    {
        events.Begin();
        var choice = firstChoice + item.Choice;
        switch (item.Kind)
        {
            case TokenEventKind.Started:
                for (var index = firstChoice; index < firstChoice + run.ChoicesEach; index++)
                {
                    writer.Role(index);
                    if (choices is not null) choices[index] = new ChoiceStream(index, run.Shape!, stream.OpensInThinking, writer, format);
                }

                break;
            case TokenEventKind.Delta when choices is not null:
                choices[choice]!.Add(stream.TextOf(item), item.Tokens, item.Logprobs > 0 ? stream.LogprobsOf(item) : null);
                break;
            case TokenEventKind.Delta when item.Logprobs > 0:
                writer.Delta(choice, stream.TextOf(item), stream.LogprobsOf(item));
                break;
            case TokenEventKind.Delta when item.TextLength > 0:
                writer.Delta(choice, stream.TextOf(item));
                break;
            case TokenEventKind.ChoiceFinished:
                // The last chunk that has a choice carries it where no chunk with token counts follows.
                var ending = choices is null ? format.EndingOf(item.Finish) : choices[choice]!.End(item.Finish);
                var closes = --running == 0 && !format.IncludesUsage;
                writer.Finish(choice, ending, closes ? run.Describe(region, streamed: true) : null);
                break;
        }
    }

    private Task EndAsync()
    {
        if (failure is not null) return events.FailAsync(EngineErrors.ToApiError(failure, run));
        return events.EndAsync(() =>
        {
            if (format.IncludesUsage) writer.Usage(run.Usage, run.ReasoningTokens, run.Describe(region, streamed: true));
        });
    }
}
