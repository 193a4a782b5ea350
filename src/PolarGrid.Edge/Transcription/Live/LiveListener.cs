using PolarGrid.Contracts;
using PolarGrid.Contracts.Transcription;
using PolarGrid.Edge.Transcription.Answers;
using PolarGrid.Edge.Transcription.Listening;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Listening;
using PolarGrid.Engine.Speech.Running;

namespace PolarGrid.Edge.Transcription.Live;

/// <summary>Hears samples as they come and tells what it hears: the place where audio, segmenter and engine of a session meet.</summary>
/// <remarks>One caller at a time.</remarks>
internal sealed class LiveListener(
    TranscriptionPlan plan, SpeechFinder finder, PoolTicket<ITranscriber> ticket, LiveSocket socket, TimeProvider time) : IAsyncDisposable
{
    private const double StepSeconds = 0.2;

    private readonly SampleWindow window = new();
    private readonly List<SpeechStretch> ended = [];
    private ILiveStretch? current;
    private long currentStart;
    private string lastPartial = "";
    private int segments;

    public HeardText Heard { get; } = new(plan);

    /// <summary>Whether an engine waits for this session's next samples.</summary>
    public bool HoldsEngine => current is { HoldsEngine: true };

    private int SampleRate => plan.Model.Description.SampleRate;

    /// <summary>Takes samples at the recogniser's rate.</summary>
    /// <param name="samples">Any number.</param>
    /// <param name="over">The session may not last longer: no engine is waited for any more.</param>
    /// <param name="cancellationToken">The client left.</param>
    /// <returns>Why the session cannot go on; null while it can.</returns>
    public async Task<LiveClose?> AddAsync(ReadOnlyMemory<float> samples, CancellationToken over, CancellationToken cancellationToken)
    {
        var step = Math.Max(1, (int)(SampleRate * StepSeconds));
        for (var at = 0; at < samples.Length; at += step)
        {
            var piece = samples.Slice(at, Math.Min(step, samples.Length - at));
            window.Append(piece.Span);
            ended.Clear();
            if (finder.Add(piece.Span, ended) is not null) return LiveClose.Failed;
            if ((await EndAsync(over, cancellationToken) ?? await GoOnAsync(over, cancellationToken)) is { } close) return close;
        }

        return null;
    }

    /// <summary>No more samples come: hears what is left.</summary>
    /// <inheritdoc cref="AddAsync"/>
    public async Task<LiveClose?> FinishAsync(CancellationToken over, CancellationToken cancellationToken)
    {
        ended.Clear();
        return finder.Finish(ended) is null ? await EndAsync(over, cancellationToken) : LiveClose.Failed;
    }

    /// <summary>No samples come for now: what is under way ends here, and its engine is free. More samples may follow.</summary>
    /// <inheritdoc cref="AddAsync"/>
    public async Task<LiveClose?> PauseAsync(CancellationToken over, CancellationToken cancellationToken)
    {
        ended.Clear();
        finder.Pause(ended);
        return await EndAsync(over, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        var left = current;
        current = null;
        if (left is not null) await left.DisposeAsync();
    }

    private async Task<LiveClose?> EndAsync(CancellationToken over, CancellationToken cancellationToken)
    {
        foreach (var stretch in ended)
        {
            if (await BeginAsync(stretch.Start, over, cancellationToken) is { } close) return close;
            var end = Math.Max(currentStart, Math.Min(stretch.End, window.End));
            var piece = await current!.FinishAsync(end, cancellationToken);
            await current.DisposeAsync();
            current = null;
            if (piece.Error is { } error) return error.Code == SpeechErrorCode.EngineStopped ? LiveClose.Unavailable : LiveClose.Failed;
            await TellAsync(currentStart, end, piece);
        }

        return null;
    }

    private async Task<LiveClose?> GoOnAsync(CancellationToken over, CancellationToken cancellationToken)
    {
        if (finder.Segmenter.Start is { } start)
        {
            if (await BeginAsync(finder.Place(start), over, cancellationToken) is { } close) return close;
            var sure = Math.Clamp(finder.Place(finder.Segmenter.SureUntil), current!.NeededFrom, window.End);
            if (await current.HearAsync(sure, cancellationToken) is { Length: > 0 } text && text != lastPartial)
            {
                lastPartial = text;
                var shown = plan.WithoutPunctuation ? Punctuation.Remove(text) : text.Trim();
                await socket.SendAsync(new LivePartial { SegmentId = segments, Text = shown }, WireJson.Wire.LivePartial);
            }
        }

        window.Forget(current?.NeededFrom ?? finder.Place(finder.Segmenter.NeededFrom));
        return null;
    }

    private async Task<LiveClose?> BeginAsync(long start, CancellationToken over, CancellationToken cancellationToken)
    {
        if (current is not null) return null;
        currentStart = Math.Clamp(start, window.Start, window.End);
        lastPartial = "";
        try
        {
            current = plan.Model.Description.HearsAsItGoes
                ? await HeldStretch.BeginAsync(ticket, plan.Settings, window, currentStart, over, cancellationToken)
                : new RepeatedStretch(ticket, plan.Settings, window, currentStart, SampleRate, time);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return LiveClose.Limit;
        }

        return current is null ? LiveClose.Unavailable : null;
    }

    private async Task TellAsync(long start, long end, TranscribedPiece piece)
    {
        var (from, until) = ((double)start / SampleRate, (double)end / SampleRate);
        if (Heard.Add(from, until, piece).Length == 0) return;
        var segment = Heard.Segments[^1];
        var final = new LiveFinal
        {
            SegmentId = segments++,
            Text = segment.Text,
            Start = TranscriptWriter.Round(segment.SpeechStart),
            End = TranscriptWriter.Round(segment.SpeechEnd),
            Words = segment.Words.Count > 0 ? [.. segment.Words.Select(TranscriptWriter.Word)] : null,
        };
        await socket.SendAsync(final, WireJson.Wire.LiveFinal);
    }
}
