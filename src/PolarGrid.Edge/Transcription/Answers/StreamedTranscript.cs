using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PolarGrid.Contracts;
using PolarGrid.Contracts.Transcription;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.Streaming;

namespace PolarGrid.Edge.Transcription.Answers;

/// <summary>
/// A transcription as server-sent events. Headers go out with the first event, so that a file which cannot be read still has a status of its
/// own; a long silence before it sends them with a comment.
/// </summary>
internal sealed class StreamedTranscript : IAsyncDisposable
{
    private readonly HttpContext context;
    private readonly PipeWriter output;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly ITimer timer;
    private Task keepAlive = Task.CompletedTask;
    private bool begun;
    private bool spokeSinceTick;
    private bool ended;

    public StreamedTranscript(HttpContext context, StreamingOptions options, TimeProvider time)
    {
        this.context = context;
        output = context.Response.BodyWriter;
        timer = time.CreateTimer(
            static stream => ((StreamedTranscript)stream!).Tick(),
            this,
            TimeSpan.FromSeconds(options.FirstEventHeadersAfterSeconds),
            TimeSpan.FromSeconds(options.KeepAliveSeconds));
    }

    private CancellationToken Aborted => context.RequestAborted;

    public Task DeltaAsync(string delta) => SendAsync(() => Event(new TranscriptTextDelta { Delta = delta }, WireJson.Wire.TranscriptTextDelta));

    /// <summary>The last event and <c>[DONE]</c>.</summary>
    public Task DoneAsync(string text, double seconds) => SendAsync(() =>
    {
        ended = true;
        Event(new TranscriptTextDone { Text = text, Usage = TranscriptWriter.UsageOf(seconds) }, WireJson.Wire.TranscriptTextDone);
        Write("data: [DONE]\n\n"u8);
    });

    /// <summary>An answer of its own when nothing has been sent, else an event; no <c>[DONE]</c> follows that. Nothing where the end was told already.</summary>
    public async Task FailAsync(ApiError error)
    {
        await gate.WaitAsync(Aborted);
        try
        {
            if (ended) return;
            ended = true;
            if (!begun)
            {
                await ErrorWriter.WriteAsync(context, error);
                return;
            }

            var state = RequestState.Of(context);
            (state.Outcome, state.ErrorCode) = (RequestOutcome.Broken, error.Kind.Code ?? error.Kind.Type);
            await output.WriteAsync(ErrorWriter.EventBytesOf(error), Aborted);
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync();
        await keepAlive;
        gate.Dispose();
    }

    private async Task SendAsync(Action write)
    {
        await gate.WaitAsync(Aborted);
        try
        {
            Begin();
            spokeSinceTick = true;
            write();
            await output.FlushAsync(Aborted);
        }
        finally
        {
            gate.Release();
        }
    }

    private void Begin()
    {
        if (begun) return;
        begun = true;
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private void Event<T>(T value, JsonTypeInfo<T> type)
    {
        Write("data: "u8);
        Write(JsonSerializer.SerializeToUtf8Bytes(value, type));
        Write("\n\n"u8);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }

    private void Tick()
    {
        if (keepAlive.IsCompleted) keepAlive = KeepAliveAsync();
    }

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
            Write(": keep-alive\n\n"u8);
            await output.FlushAsync(Aborted);
        }
        catch (Exception) when (Aborted.IsCancellationRequested)
        {
            // Whoever listens sees the same and ends the request.
        }
        finally
        {
            gate.Release();
        }
    }
}
