using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using PolarGrid.Contracts;
using PolarGrid.Contracts.Errors;
using PolarGrid.Contracts.Transcription;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.Transcription.Answers;

namespace PolarGrid.Edge.Transcription.Live;

/// <summary>
/// One live session from the first message to the closing frame. One loop receives, so that a client who leaves is noticed while the engine
/// works; another one hears. Between them wait a bounded number of messages; then the client's own connection waits.
/// </summary>
internal sealed class LiveSession(
    string requestId, TranscriptionPlan plan, int sampleRate, double limitSeconds, LiveSocket socket, LiveListener listener, PcmInput input, TimeProvider time, ILogger logger)
{
    private const int MostWaiting = 32;

    private readonly Channel<LiveInput> inbox = Channel.CreateBounded<LiveInput>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, SingleWriter = true });

    private readonly EnginePatience patience = new(time);

    private volatile bool ended;

    /// <summary>Seconds of audio that came.</summary>
    public double Seconds => input.Seconds;

    /// <summary>Whether the client left before the end.</summary>
    public bool WasLeft { get; private set; }

    /// <summary>What its <c>error</c> message said, <c>close_</c> and the close code; null where none was sent.</summary>
    public string? ErrorCode { get; private set; }

    /// <param name="aborted">The connection is gone.</param>
    /// <param name="stopping">The server stops.</param>
    public async Task RunAsync(CancellationToken aborted, CancellationToken stopping)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var receiving = ReceiveAsync(leaving);
        var close = LiveClose.Failed;
        try
        {
            await socket.SendAsync(new LiveStarted { Model = plan.Model.Id, SampleRate = sampleRate, LimitSeconds = limitSeconds }, WireJson.Wire.LiveStarted);
            close = await HearAsync(leaving.Token, stopping);
            if (close == LiveClose.Done || close == LiveClose.Limit || close == LiveClose.Stopping) await EndAsync();
            else await ExplainAsync(close);
        }
        catch (Exception) when (leaving.IsCancellationRequested)
        {
            WasLeft = true;
        }
        catch (Exception gone) when (gone is WebSocketException or IOException or OperationCanceledException)
        {
            // It reads too slowly, or its connection broke while something was sent.
            WasLeft = true;
        }
        catch (Exception failed)
        {
            EdgeLog.Unexpected(logger, requestId, failed.GetType().FullName, failed.StackTrace);
            close = LiveClose.Failed;
            await ExplainAsync(close);
        }

        // What still waits is not heard any more: let the receiver see the client's close.
        ended = true;
        while (inbox.Reader.TryRead(out _))
        {
        }

        inbox.Writer.TryComplete();

        await FreeEngineAsync();
        await socket.CloseAsync(close, receiving);
        await receiving;
    }

    /// <summary>Nothing is held while the client takes its time to answer the closing frame.</summary>
    private async Task FreeEngineAsync()
    {
        try
        {
            await listener.DisposeAsync();
        }
        catch (Exception failed)
        {
            EdgeLog.Unexpected(logger, requestId, failed.GetType().FullName, failed.StackTrace);
        }
    }

    private async Task<LiveClose> HearAsync(CancellationToken left, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(limitSeconds), time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        var over = ending.Token;
        while (true)
        {
            var close = await NextAsync(over, left) is { } item
                ? item.Close ?? await AddAsync(item.Audio, over, left)
                : over.IsCancellationRequested ? LiveClose.Limit : await listener.PauseAsync(over, left);
            left.ThrowIfCancellationRequested();
            if (close is null) continue;
            if (stopping.IsCancellationRequested && close == LiveClose.Limit) close = LiveClose.Stopping;
            if (close == LiveClose.Done && input.EndsInside) return LiveClose.HalfSample;
            if (close != LiveClose.Done && close != LiveClose.Limit && close != LiveClose.Stopping) return close;
            return await FinishAsync(over, left) ?? close;
        }
    }

    /// <returns>What the client sent; null where the session is over or an engine has waited too long for it.</returns>
    private async Task<LiveInput?> NextAsync(CancellationToken over, CancellationToken left)
    {
        if (!over.IsCancellationRequested && inbox.Reader.TryRead(out var ready)) return ready;
        if (!listener.HoldsEngine) patience.Forget();
        patience.BeginWait();
        using var tired = new CancellationTokenSource(listener.HoldsEngine ? patience.Left : Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over, left, tired.Token);
        try
        {
            return await inbox.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!left.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            patience.EndWait();
        }
    }

    private async Task<LiveClose?> AddAsync(ReadOnlyMemory<byte> audio, CancellationToken over, CancellationToken left)
    {
        var before = input.Seconds;
        if (input.Add(audio.Span, out var samples) is not null) return LiveClose.Failed;
        patience.Came(input.Seconds - before);
        return await listener.AddAsync(samples, over, left) ?? (input.Seconds > limitSeconds ? LiveClose.Limit : null);
    }

    private async Task<LiveClose?> FinishAsync(CancellationToken over, CancellationToken left)
    {
        if (input.Finish(out var rest) is not null) return LiveClose.Failed;
        return await listener.AddAsync(rest, over, left) ?? await listener.FinishAsync(over, left);
    }

    private Task EndAsync() => socket.SendAsync(
        new TranscriptTextDone { Text = listener.Heard.Text, Usage = TranscriptWriter.UsageOf(Seconds) }, WireJson.Wire.TranscriptTextDone);

    private async Task ExplainAsync(LiveClose close)
    {
        try
        {
            var code = (int)close.Status;
            ErrorCode = $"close_{code}";
            var error = new ErrorBody { Message = close.Reason, Type = code is 1011 or 1013 ? "server_error" : "invalid_request_error", Code = ErrorCode };
            await socket.SendAsync(new LiveError { Error = error }, WireJson.Wire.LiveError);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // The closing frame says the same, to whoever is left.
        }
    }

    /// <summary>Runs until the client closes; then whatever the engine does for it is over.</summary>
    private async Task ReceiveAsync(CancellationTokenSource leaving)
    {
        while (await socket.ReceiveAsync() is { } message)
        {
            try
            {
                await inbox.Writer.WriteAsync(message, leaving.Token);
            }
            catch (Exception over) when (over is ChannelClosedException or OperationCanceledException)
            {
                // The session has ended: what still comes is read and dropped until the client closes.
            }
        }

        if (!ended) await leaving.CancelAsync();
        inbox.Writer.TryComplete();
    }
}
