using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Observability;

namespace PolarGrid.Edge.Streaming;

/// <summary>
/// A response of server-sent events that its writers and a keep-alive timer take turns at. Headers go out with the first event, so that a
/// failure before it has a status of its own; where no event comes in time, a comment sends them.
/// </summary>
/// <remarks>
/// <see cref="EnterAsync"/> and <see cref="Leave"/> enclose what is written to <see cref="Output"/>; they allocate nothing while nobody
/// else has the turn. All that waits throws what the connection throws when the caller has gone.
/// </remarks>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly HttpContext context;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly ITimer timer;
    private Task keepAlive = Task.CompletedTask;
    private bool begun;
    private bool ended;
    private bool spokeSinceTick;

    public EventStream(HttpContext context, StreamingOptions options, TimeProvider time)
    {
        this.context = context;
        Output = context.Response.BodyWriter;
        timer = time.CreateTimer(
            static stream => ((EventStream)stream!).Tick(),
            this,
            TimeSpan.FromSeconds(options.FirstEventHeadersAfterSeconds),
            TimeSpan.FromSeconds(options.KeepAliveSeconds));
    }

    public PipeWriter Output { get; }

    private CancellationToken Aborted => context.RequestAborted;

    /// <summary>Waits for the turn.</summary>
    public Task EnterAsync() => gate.WaitAsync(Aborted);

    public void Leave() => gate.Release();

    /// <summary>Called in a turn, before anything is written in it.</summary>
    public void Begin()
    {
        spokeSinceTick = true;
        if (begun) return;
        begun = true;
        ServerSentEvents.Open(context);
    }

    /// <summary>Called in a turn; waits for a slow reader.</summary>
    public ValueTask<FlushResult> FlushAsync() => Output.FlushAsync(Aborted);

    /// <summary>Does what sends the answer. What nobody expected ends it with an error event, or a status of its own where nothing is out.</summary>
    public async Task RunAsync(Func<Task> answer, ILogger logger)
    {
        try
        {
            await answer();
        }
        catch (Exception failed) when (!Aborted.IsCancellationRequested)
        {
            EdgeLog.Unexpected(logger, RequestState.Of(context).RequestId, failed.GetType().FullName, failed.StackTrace);
            await FailAsync(new(ErrorTable.Internal, ErrorTable.Internal.Sentence));
        }
    }

    /// <summary>A turn of its own for one event or more.</summary>
    public async Task SendAsync(Action write)
    {
        await EnterAsync();
        try
        {
            Begin();
            write();
            await FlushAsync();
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>The last events and <c>[DONE]</c>.</summary>
    public async Task EndAsync(Action write)
    {
        await SendAsync(() =>
        {
            ended = true;
            write();
            Output.Write(ServerSentEvents.Done);
        });
        RequestState.Of(context).ToldToEnd = true;
    }

    /// <summary>An answer of its own when nothing has been sent, else an event. Nothing where the end was told already.</summary>
    public async Task FailAsync(ApiError error)
    {
        await EnterAsync();
        try
        {
            if (ended) return;
            ended = true;
            if (!begun)
            {
                await ErrorWriter.WriteAsync(context, error);
                return;
            }

            // No [DONE] follows: a client that does not know this event still sees a cut stream, not a clean end.
            RequestState.Of(context).Break(error);
            ErrorWriter.WriteEvent(Output, error);
            await FlushAsync();
        }
        finally
        {
            Leave();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync();
        await keepAlive;
        gate.Dispose();
    }

    private void Tick()
    {
        if (keepAlive.IsCompleted) keepAlive = KeepAliveAsync();
    }

    /// <summary>Speaks when nothing was said since the last tick.</summary>
    private async Task KeepAliveAsync()
    {
        // Somebody who has the turn is speaking.
        if (!await gate.WaitAsync(TimeSpan.Zero)) return;
        try
        {
            var silent = !spokeSinceTick;
            spokeSinceTick = false;
            if (ended || !silent) return;
            Begin();
            spokeSinceTick = false;
            Output.Write(ServerSentEvents.KeepAlive);
            await FlushAsync();
        }
        catch (Exception) when (Aborted.IsCancellationRequested)
        {
            // Whoever writes the events sees the same and ends the request.
        }
        finally
        {
            Leave();
        }
    }
}
