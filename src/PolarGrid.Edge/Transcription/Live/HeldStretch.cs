using PolarGrid.Edge.Transcription.Listening;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Listening;
using PolarGrid.Engine.Speech.Running;

namespace PolarGrid.Edge.Transcription.Live;

/// <summary>For recognisers that hear as samples come: holds an engine from the first word to the last.</summary>
internal sealed class HeldStretch : ILiveStretch
{
    private readonly SampleWindow window;
    private readonly EngineLease<ITranscriber> lease;
    private readonly IUtterance utterance;

    private HeldStretch(SampleWindow window, EngineLease<ITranscriber> lease, IUtterance utterance, long start)
    {
        this.window = window;
        this.lease = lease;
        this.utterance = utterance;
        NeededFrom = start;
    }

    public long NeededFrom { get; private set; }

    public bool HoldsEngine => true;

    /// <param name="ticket">For an engine.</param>
    /// <param name="settings">For its utterance.</param>
    /// <param name="window">The session's samples.</param>
    /// <param name="start">In it.</param>
    /// <param name="waiting">How long an engine is waited for.</param>
    /// <param name="cancellationToken">The client left.</param>
    /// <returns>Null: the engine is stopping.</returns>
    /// <exception cref="OperationCanceledException">No engine was free in time, or the client left.</exception>
    public static async Task<HeldStretch?> BeginAsync(
        PoolTicket<ITranscriber> ticket,
        TranscriptionSettings settings,
        SampleWindow window,
        long start,
        CancellationToken waiting,
        CancellationToken cancellationToken)
    {
        if (await ticket.RentAsync(waiting) is not { } lease) return null;
        try
        {
            return new HeldStretch(window, lease, await lease.RunAsync((engine, _) => engine.Begin(settings), cancellationToken), start);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    public async Task<string?> HearAsync(long until, CancellationToken cancellationToken)
    {
        var samples = Take(until);
        return samples.IsEmpty ? null : await lease.RunAsync((engine, token) => Feed(engine, samples, token).Partial(), cancellationToken);
    }

    public Task<TranscribedPiece> FinishAsync(long end, CancellationToken cancellationToken)
    {
        var samples = Take(end);
        return lease.RunAsync((engine, token) => Feed(engine, samples, token).Finish(), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await lease.RunAsync(
                (_, _) =>
                {
                    utterance.Dispose();
                    return true;
                },
                CancellationToken.None);
        }
        catch (ObjectDisposedException)
        {
            // The engine is gone, and its utterance with it.
        }
        finally
        {
            lease.Dispose();
        }
    }

    private IUtterance Feed(ITranscriber engine, ReadOnlyMemory<float> samples, CancellationToken cancellationToken)
    {
        Hearing.Feed(utterance, samples.Span, engine.Model, null, cancellationToken);
        return utterance;
    }

    private ReadOnlyMemory<float> Take(long until)
    {
        var from = NeededFrom;
        NeededFrom = Math.Max(from, until);
        return window.Slice(from, NeededFrom);
    }
}
