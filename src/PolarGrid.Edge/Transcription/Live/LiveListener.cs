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

    private int SampleRate => plan.Model.Description.SampleRate;

    /// <summary>Takes samples at the recogniser's rate.</summary>
    /// <returns>Why the session cannot go on; null while it can.</returns>
    public async Task<LiveClose?> AddAsync(ReadOnlyMemory<float> samples, CancellationToken cancellationToken)
    {
        var step = Math.Max(1, (int)(SampleRate * StepSeconds));
        for (var at = 0; at < samples.Length; at += step)
        {
            var piece = samples.Slice(at, Math.Min(step, samples.Length - at));
            window.Append(piece.Span);
            ended.Clear();
            if (finder.Add(piece.Span, ended) is not null) return LiveClose.Failed;
            if ((await EndAsync(cancellationToken) ?? await GoOnAsync(cancellationToken)) is { } close) return close;
        }

        return null;
    }

    /// <summary>No more samples come: hears what is left.</summary>
    /// <inheritdoc cref="AddAsync"/>
    public async Task<LiveClose?> FinishAsync(CancellationToken cancellationToken)
    {
        ended.Clear();
        return finder.Finish(ended) is null ? await EndAsync(cancellationToken) : LiveClose.Failed;
    }

    public async ValueTask DisposeAsync()
    {
        if (current is not null) await current.DisposeAsync();
    }

    private async Task<LiveClose?> EndAsync(CancellationToken cancellationToken)
    {
        foreach (var stretch in ended)
        {
            if (await BeginAsync(stretch.Start, cancellationToken) is { } close) return close;
            var end = Math.Max(currentStart, Math.Min(stretch.End, window.End));
            var piece = await current!.FinishAsync(end, cancellationToken);
            await current.DisposeAsync();
            current = null;
            if (piece.Error is { } error) return error.Code == SpeechErrorCode.EngineStopped ? LiveClose.Unavailable : LiveClose.Failed;
            await TellAsync(currentStart, end, piece);
        }

        return null;
    }

    private async Task<LiveClose?> GoOnAsync(CancellationToken cancellationToken)
    {
        if (finder.Segmenter.Start is { } start)
        {
            if (await BeginAsync(finder.Place(start), cancellationToken) is { } close) return close;
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

    private async Task<LiveClose?> BeginAsync(long start, CancellationToken cancellationToken)
    {
        if (current is not null) return null;
        currentStart = Math.Clamp(start, window.Start, window.End);
        lastPartial = "";
        current = plan.Model.Description.HearsAsItGoes
            ? await HeldStretch.BeginAsync(ticket, plan.Settings, window, currentStart, cancellationToken)
            : new RepeatedStretch(ticket, plan.Settings, window, currentStart, SampleRate, time);
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
