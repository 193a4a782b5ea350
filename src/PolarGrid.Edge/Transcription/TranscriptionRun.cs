using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.Transcription.Answers;
using PolarGrid.Edge.Transcription.Listening;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Running;

namespace PolarGrid.Edge.Transcription;

/// <summary>Hears one recording, a turn at the engine for each stretch of speech.</summary>
internal sealed class TranscriptionRun(TranscriptionPlan plan, PoolTicket<ITranscriber> ticket, AudioMetrics metrics, TimeProvider time)
{
    private long busy;

    public TranscriptionPlan Plan { get; } = plan;

    public HeardText Heard { get; } = new(plan);

    /// <summary>How far the recogniser has come, also where it broke off; the whole recording once all is heard.</summary>
    public double HeardSeconds { get; private set; }

    public AudioUsage Usage => new(0, 0, HeardSeconds);

    /// <param name="recording">Stays the caller's.</param>
    /// <param name="tell">Told what the text grew by, as soon as it is known; null where nobody waits for that.</param>
    /// <param name="cancellationToken">The caller left.</param>
    /// <returns>Why it could not go on; null when all is heard.</returns>
    /// <exception cref="OperationCanceledException">The caller left.</exception>
    public async Task<SpeechError?> HearAsync(Recording recording, Func<string, Task>? tell, CancellationToken cancellationToken)
    {
        foreach (var stretch in recording.Stretches)
        {
            var samples = recording.Samples.Slice((int)stretch.Start, (int)stretch.Length);
            var given = stretch.Start;
            var (piece, stopped) = await ticket.RunAsync(
                (engine, token) => Hear(engine, samples, take => HeardSeconds = (double)(given += take) / recording.SampleRate, token), cancellationToken);
            if ((stopped ?? piece!.Error) is { } failed) return failed;
            var (start, end) = ((double)stretch.Start / recording.SampleRate, (double)stretch.End / recording.SampleRate);
            var delta = Heard.Add(start, end, piece!);
            if (tell is not null && delta.Length > 0) await tell(delta);
        }

        HeardSeconds = recording.Seconds;
        var factor = time.GetElapsedTime(0, busy).TotalSeconds / Math.Max(recording.Seconds, 1e-3);
        metrics.TranscriptionFactor.Record(factor, new KeyValuePair<string, object?>(EdgeMetrics.ModelTag, Plan.Model.Id));
        return null;
    }

    private TranscribedPiece Hear(ITranscriber engine, ReadOnlyMemory<float> samples, Action<int> tell, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            return Hearing.Hear(engine, samples, Plan.Settings, tell, cancellationToken);
        }
        finally
        {
            // One turn at a time, each awaited: nobody else writes it.
            busy += time.GetTimestamp() - started;
        }
    }
}
