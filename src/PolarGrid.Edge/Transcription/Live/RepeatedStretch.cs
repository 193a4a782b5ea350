using PolarGrid.Edge.Transcription.Listening;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Listening;
using PolarGrid.Engine.Speech.Running;

namespace PolarGrid.Edge.Transcription.Live;

/// <summary>
/// For recognisers that hear a stretch as a whole: takes a turn at an engine now and then to hear all there is so far, the more seldom the
/// longer that takes, and one for the whole stretch at its end.
/// </summary>
internal sealed class RepeatedStretch : ILiveStretch
{
    /// <summary>Between two looks, in seconds, and as a multiple of what a look costs.</summary>
    private const double LeastSeconds = 1, Share = 4;

    private readonly PoolTicket<ITranscriber> ticket;
    private readonly TranscriptionSettings settings;
    private readonly SampleWindow window;
    private readonly int sampleRate;
    private readonly TimeProvider time;
    private long looked;
    private double pause = LeastSeconds;

    public RepeatedStretch(
        PoolTicket<ITranscriber> ticket, TranscriptionSettings settings, SampleWindow window, long start, int sampleRate, TimeProvider time)
    {
        this.ticket = ticket;
        this.settings = settings;
        this.window = window;
        this.sampleRate = sampleRate;
        this.time = time;
        NeededFrom = start;
        looked = start;
    }

    public long NeededFrom { get; }

    public bool HoldsEngine => false;

    public async Task<string?> HearAsync(long until, CancellationToken cancellationToken)
    {
        if ((until - looked) / (double)sampleRate < pause) return null;
        looked = until;
        var samples = window.Slice(NeededFrom, until);
        var (heard, stopped) = await ticket.RunAsync((engine, token) => Look(engine, samples, token), cancellationToken);
        if (stopped is not null) return null;
        pause = Math.Max(LeastSeconds, Share * heard.Cost.TotalSeconds);
        return heard.Text;
    }

    public async Task<TranscribedPiece> FinishAsync(long end, CancellationToken cancellationToken)
    {
        var samples = window.Slice(NeededFrom, end);
        var (piece, stopped) = await ticket.RunAsync((engine, token) => Hearing.Hear(engine, samples, settings, null, token), cancellationToken);
        return stopped is null ? piece! : TranscribedPiece.Failed(stopped);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private (string Text, TimeSpan Cost) Look(ITranscriber engine, ReadOnlyMemory<float> samples, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        using var utterance = engine.Begin(settings);
        Hearing.Feed(utterance, samples.Span, engine.Model, null, cancellationToken);
        return (utterance.Partial(), time.GetElapsedTime(began));
    }
}
