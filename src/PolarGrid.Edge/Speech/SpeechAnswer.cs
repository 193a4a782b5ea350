using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PolarGrid.Audio;
using PolarGrid.Audio.Encoders;
using PolarGrid.Contracts.Speech;
using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.Streaming;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Edge.Speech;

/// <summary>
/// Encodes what is being spoken and sends it. Headers wait for the first bytes, so a failure before them has a status of its own; the
/// awaited flush is the back-pressure of a slow reader.
/// </summary>
internal sealed class SpeechAnswer(
    HttpContext context, SpeechRun run, SpeechDraft draft, SpeechBody body, StreamingOptions options, TimeProvider time, ILogger logger)
{
    public const string FirstByteHeader = "X-Pg-First-Byte-Ms";

    /// <summary>So that a reader who fell behind gets its backlog in pieces.</summary>
    private const int MostUnflushedBytes = 32 * 1024;

    private readonly RequestState state = RequestState.Of(context);
    private readonly ArrayBufferWriter<byte> encoded = new();
    private bool begun;
    private AudioError? unencoded;

    private CancellationToken Aborted => context.RequestAborted;

    /// <summary>Sends everything, or what went wrong. Throws what the connection throws when the caller has gone.</summary>
    public async Task SendAsync()
    {
        var created = AudioEncoder.Create(draft.Format, run.SampleRate, draft.Streams ? AudioDelivery.Streamed : AudioDelivery.Whole, encoded, Aborted);
        if (created.Error is { } missing)
        {
            await FailAsync(AudioErrors.OfEncoder(missing));
            return;
        }

        using var encoder = created.Value!;
        try
        {
            await PumpAsync(encoder);
        }
        catch (Exception failure) when (begun && draft.SendsEvents && !Aborted.IsCancellationRequested)
        {
            EdgeLog.Unexpected(logger, state.RequestId, failure.GetType().FullName, failure.StackTrace);
            await FailAsync(new(ErrorTable.SpeechFailed, ErrorTable.SpeechFailed.Sentence));
        }
    }

    private async Task PumpAsync(AudioEncoder encoder)
    {
        while (unencoded is null && await WaitAsync())
        {
            while (encoded.WrittenCount < MostUnflushedBytes && run.Audio.TryTake((this, encoder), Encode))
            {
            }

            if (encoded.WrittenCount > 0 && unencoded is null) await FlushAsync(null);
        }

        if (run.Error is { } stopped)
        {
            if (stopped.Code == SpeechErrorCode.EngineFailed)
            {
                EdgeLog.EngineFailed(logger, state.RequestId, stopped.Message, stopped.Cause?.GetType().FullName, stopped.Cause?.StackTrace);
            }

            await FailAsync(SpeechErrors.ToApiError(stopped, "input"));
            return;
        }

        unencoded ??= encoder.Finish();
        if (unencoded is { } failed)
        {
            await FailAsync(AudioErrors.OfEncoder(failed));
            return;
        }

        await FlushAsync(draft.Streams ? null : encoded.WrittenCount);
        body.End(Usage());
        await body.FlushAsync(Aborted);
        state.ToldToEnd = true;
    }

    private static void Encode((SpeechAnswer Answer, AudioEncoder Encoder) to, ReadOnlySpan<float> samples) =>
        to.Answer.unencoded ??= to.Encoder.Write(samples);

    /// <param name="bytes">Of the whole answer, where it is known.</param>
    private async Task FlushAsync(long? bytes)
    {
        Begin(bytes);
        for (var at = 0; at < encoded.WrittenCount; at += MostUnflushedBytes)
        {
            body.Write(encoded.WrittenSpan[at..Math.Min(encoded.WrittenCount, at + MostUnflushedBytes)]);
            await body.FlushAsync(Aborted);
        }

        encoded.ResetWrittenCount();
    }

    private void Begin(long? bytes)
    {
        if (begun) return;
        begun = true;
        state.TimeToFirstToken = run.ToFirstAudio;
        if (run.ToFirstAudio is { } first)
        {
            context.Response.Headers[FirstByteHeader] = Math.Round(first.TotalMilliseconds, 1).ToString(CultureInfo.InvariantCulture);
        }

        body.Begin(bytes);
    }

    /// <summary>Waits for samples; false when there are no more. Speaks meanwhile, where the body can, so that proxies keep it open.</summary>
    private async Task<bool> WaitAsync()
    {
        var next = run.Audio.WaitAsync(Aborted);
        if (next.IsCompleted || !draft.SendsEvents) return await next;
        var waiting = next.AsTask();
        while (true)
        {
            try
            {
                return await waiting.WaitAsync(TimeSpan.FromSeconds(begun ? options.KeepAliveSeconds : options.FirstEventHeadersAfterSeconds), time, Aborted);
            }
            catch (TimeoutException) when (!waiting.IsFaulted)
            {
                Begin(null);
                if (body.KeepAlive()) await body.FlushAsync(Aborted);
            }
        }
    }

    private async Task FailAsync(ApiError error)
    {
        if (!begun)
        {
            await ErrorWriter.WriteAsync(context, error);
            return;
        }

        state.Break(error);
        body.Fail(error);
        await body.FlushAsync(Aborted);
    }

    private SpeechUsage Usage()
    {
        var steps = (int)Math.Ceiling(run.Seconds * 20);
        return new SpeechUsage
        {
            InputTokens = draft.Characters, OutputTokens = steps, TotalTokens = draft.Characters + steps, Seconds = Math.Round(run.Seconds, 3),
        };
    }
}
