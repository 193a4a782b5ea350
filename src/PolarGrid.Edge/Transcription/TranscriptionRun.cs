using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.Transcription.Answers;
using PolarGrid.Edge.Transcription.Listening;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Listening;
using PolarGrid.Engine.Speech.Running;

namespace PolarGrid.Edge.Transcription;

/// <summary>
/// Hears one recording, a turn at the engine for each stretch of speech. It waits for one turn at a time, as every request does; while that
/// lasts, further stretches are heard at engines that are idle. Texts come together in the order of the recording.
/// </summary>
internal sealed class TranscriptionRun(TranscriptionPlan plan, PoolTicket<ITranscriber> ticket, AudioMetrics metrics, TimeProvider time)
{
    private readonly Lock gate = new();
    private long busy;

    public TranscriptionPlan Plan { get; } = plan;

    public HeardText Heard { get; } = new(plan);

    /// <summary>How far the recogniser has come, also where it broke off: to the last sample that an engine was given; the whole recording once all is heard.</summary>
    public double HeardSeconds { get; private set; }

    public AudioUsage Usage => new(0, 0, HeardSeconds);

    /// <param name="recording">Stays the caller's; nothing reads it any more when this ends, however it ends.</param>
    /// <param name="tell">Told what the text grew by, as soon as it is known; null where nobody waits for that.</param>
    /// <param name="cancellationToken">The caller left.</param>
    /// <returns>Why it could not go on; null when all is heard.</returns>
    /// <exception cref="OperationCanceledException">The caller left.</exception>
    public async Task<SpeechError?> HearAsync(Recording recording, Func<string, Task>? tell, CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var begun = new Queue<Turn>();
        try
        {
            var next = 0;
            while (next < recording.Stretches.Count || begun.Count > 0)
            {
                while (next < recording.Stretches.Count && Begin(recording, recording.Stretches[next], begun, leaving.Token)) next++;
                var turn = begun.Peek();
                if (!turn.Hearing.IsCompleted)
                {
                    await Task.WhenAny(begun.Select(other => other.Hearing).Where(hearing => !hearing.IsCompleted));
                    continue;
                }

                var (piece, stopped) = await turn.Hearing;
                begun.Dequeue();
                if ((stopped ?? piece!.Error) is { } failed) return failed;
                var delta = Heard.Add((double)turn.Stretch.Start / recording.SampleRate, (double)turn.Stretch.End / recording.SampleRate, piece!);
                if (tell is not null && delta.Length > 0) await tell(delta);
            }
        }
        finally
        {
            await EndAsync(begun, leaving);
        }

        HeardSeconds = recording.Seconds;
        var factor = time.GetElapsedTime(0, busy).TotalSeconds / Math.Max(recording.Seconds, 1e-3);
        metrics.TranscriptionFactor.Record(factor, new KeyValuePair<string, object?>(EdgeMetrics.ModelTag, Plan.Model.Id));
        return null;
    }

    /// <returns>False where this stretch must wait: one of the request's is under way, and no engine is idle.</returns>
    private bool Begin(Recording recording, SpeechStretch stretch, Queue<Turn> begun, CancellationToken cancellationToken)
    {
        var hearing = begun.All(turn => turn.Hearing.IsCompleted)
            ? ticket.RunAsync(Hear, cancellationToken)
            : ticket.TryRunIdleAsync(Hear, cancellationToken);
        if (hearing is null) return false;
        begun.Enqueue(new Turn(stretch, hearing));
        return true;

        TranscribedPiece Hear(ITranscriber engine, CancellationToken token) => this.Hear(engine, recording, stretch, token);
    }

    private TranscribedPiece Hear(ITranscriber engine, Recording recording, SpeechStretch stretch, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var given = stretch.Start;
        try
        {
            var samples = recording.Samples.Slice((int)stretch.Start, (int)stretch.Length);
            return Hearing.Hear(engine, samples, Plan.Settings, take => Reach((double)(given += take) / recording.SampleRate), cancellationToken);
        }
        finally
        {
            Interlocked.Add(ref busy, time.GetTimestamp() - started);
        }
    }

    private void Reach(double seconds)
    {
        lock (gate) HeardSeconds = Math.Max(HeardSeconds, seconds);
    }

    /// <summary>Who breaks off waits until the engines have let go of the recording.</summary>
    private static async Task EndAsync(Queue<Turn> begun, CancellationTokenSource leaving)
    {
        if (begun.Count == 0) return;
        await leaving.CancelAsync();
        foreach (var turn in begun) await ((Task)turn.Hearing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private sealed record Turn(SpeechStretch Stretch, Task<(TranscribedPiece? Piece, SpeechError? Error)> Hearing);
}
