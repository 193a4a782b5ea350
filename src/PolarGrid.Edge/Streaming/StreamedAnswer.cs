using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Generation;
using PolarGrid.Edge.Observability;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Streaming;

/// <summary>
/// Sends one answer as server-sent events (wire format section 7). One pump per engine stream and the keep-alive timer take
/// turns at the response through a gate; whoever speaks first sends the headers.
/// </summary>
/// <remarks>
/// Every wake-up writes all events that are there and flushes once; the awaited flush is the back-pressure of a slow reader.
/// In steady state a token allocates nothing.
/// </remarks>
internal sealed class StreamedAnswer : IDisposable
{
    /// <summary>A reader that fell far behind gets its backlog in pieces, so that the server's own buffer keeps its bound.</summary>
    private const int MostUnflushedBytes = 16 * 1024;

    /// <summary>What a log-probability takes in JSON, about.</summary>
    private const int LogprobBytes = 96;

    private readonly HttpContext context;
    private readonly GenerationRun run;
    private readonly RequestState state;
    private readonly StreamingOptions options;
    private readonly string region;
    private readonly SseWriter writer;
    private readonly ChunkFormat format;
    private readonly PipeWriter output;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly ChoiceStream?[]? choices;
    private Task keepAlive = Task.CompletedTask;
    private int running;
    private bool begun;
    private bool ended;
    private bool spokeSinceTick;
    private EngineError? failure;

    public StreamedAnswer(HttpContext context, GenerationRun run, ChunkFormat format, EdgeOptions options)
    {
        this.context = context;
        this.run = run;
        this.format = format;
        this.options = options.Streaming;
        region = options.Region;
        state = RequestState.Of(context);
        output = context.Response.BodyWriter;
        writer = new SseWriter(output, format);
        running = run.Streams.Count * run.ChoicesEach;
        choices = run.Shape is null ? null : new ChoiceStream[running];
    }

    private CancellationToken Aborted => context.RequestAborted;

    /// <summary>Sends everything. Returns when the last event is out; throws what the connection throws when the caller has gone.</summary>
    public async Task SendAsync(TimeProvider time)
    {
        var timer = time.CreateTimer(
            static answer => ((StreamedAnswer)answer!).Tick(),
            this,
            TimeSpan.FromSeconds(options.FirstEventHeadersAfterSeconds),
            TimeSpan.FromSeconds(options.KeepAliveSeconds));
        try
        {
            await PumpAllAsync();
            await EndAsync();
        }
        finally
        {
            await run.StopAsync();
            await timer.DisposeAsync();
            await keepAlive;
        }
    }

    public void Dispose() => gate.Dispose();

    private Task PumpAllAsync()
    {
        if (run.Streams.Count == 1) return PumpAsync(run.Streams[0], 0);
        return Task.WhenAll(run.Streams.Select((stream, index) => PumpAsync(stream, index * run.ChoicesEach)));
    }

    private async Task PumpAsync(GenerationStream stream, int firstChoice)
    {
        try
        {
            while (await stream.WaitAsync())
            {
                await gate.WaitAsync(Aborted);
                try
                {
                    if (!WriteEvents(stream, firstChoice)) return;
                    await output.FlushAsync(Aborted);
                }
                finally
                {
                    gate.Release();
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
        Begin();
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
                var ending = choices is null ? format.EndingOf(item.Finish) : End(choices[choice]!, item.Finish);
                var closes = --running == 0 && !format.IncludesUsage;
                writer.Finish(choice, ending, closes ? run.Describe(region, streamed: true) : null);
                break;
        }
    }

    private byte[] End(ChoiceStream choice, FinishReason reason)
    {
        var ending = choice.End(reason);
        run.ReasoningTokens += choice.ReasoningTokens;
        return ending;
    }

    private void Begin()
    {
        spokeSinceTick = true;
        if (begun) return;
        begun = true;
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private async Task EndAsync()
    {
        await gate.WaitAsync(Aborted);
        try
        {
            ended = true;
            if (failure is null)
            {
                if (format.IncludesUsage) writer.Usage(run.Usage, run.ReasoningTokens, run.Describe(region, streamed: true));
                writer.Done();
                await output.FlushAsync(Aborted);
                return;
            }

            var error = EngineErrors.ToApiError(failure, run);
            if (!begun)
            {
                await ErrorWriter.WriteAsync(context, error);
                return;
            }

            // No [DONE] follows: a client that does not know this event still sees a cut stream, not a clean end.
            state.Outcome = RequestOutcome.Broken;
            state.ErrorCode = error.Kind.Code ?? error.Kind.Type;
            await output.WriteAsync(ErrorWriter.EventBytesOf(error), Aborted);
        }
        finally
        {
            gate.Release();
        }
    }

    private void Tick()
    {
        if (keepAlive.IsCompleted) keepAlive = KeepAliveAsync();
    }

    /// <summary>Speaks when nothing was said since the last tick; sends the headers when no event came in time.</summary>
    private async Task KeepAliveAsync()
    {
        // Somebody who holds the gate is speaking.
        if (!await gate.WaitAsync(TimeSpan.Zero)) return;
        try
        {
            var silent = !spokeSinceTick;
            spokeSinceTick = false;
            if (ended || !silent) return;
            Begin();
            spokeSinceTick = false;
            writer.KeepAlive();
            await output.FlushAsync(Aborted);
        }
        catch (Exception) when (Aborted.IsCancellationRequested)
        {
            // The pump sees the same and ends the request.
        }
        finally
        {
            gate.Release();
        }
    }
}
