using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Observability;
using PolarGrid.Edge.Transcription.Answers;
using PolarGrid.Edge.Transcription.Forms;
using PolarGrid.Edge.Transcription.Listening;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Running;

namespace PolarGrid.Edge.Transcription.Jobs;

/// <summary>Does the work of one job.</summary>
internal sealed class JobRunner(AudioReader audio, AudioMetrics metrics, TimeProvider time)
{
    /// <param name="plan">What to do.</param>
    /// <param name="file">Disposed as soon as it is decoded.</param>
    /// <param name="progress">Told what was heard, also when the work breaks off.</param>
    /// <param name="cancellationToken">The server stops.</param>
    /// <returns>The answer's body, or what went wrong.</returns>
    /// <exception cref="OperationCanceledException">The server stops.</exception>
    public async Task<(byte[]? Body, ApiError? Error)> RunAsync(
        TranscriptionPlan plan, UploadedFile file, JobProgress progress, CancellationToken cancellationToken)
    {
        // The ticket before the audio's room, as everybody does.
        var (ticket, refused) = await EnterAsync(plan, cancellationToken);
        if (ticket is null) return (null, SpeechErrors.ToApiError(refused!, "file"));
        using (ticket)
        {
            var (recording, error) = await audio.ReadForJobAsync(file, plan.Model.Description, plan.Detection, cancellationToken);
            file.Dispose();
            if (recording is null) return (null, error);
            using (recording)
            {
                var run = new TranscriptionRun(plan, ticket, metrics, time);
                try
                {
                    var failed = await run.HearAsync(recording, null, cancellationToken);
                    return failed is null
                        ? (TranscriptWriter.Write(plan, run.Heard, recording.Seconds), null)
                        : (null, SpeechErrors.ToApiError(failed, "file"));
                }
                finally
                {
                    progress.HeardSeconds = run.HeardSeconds;
                    metrics.Count(run.Usage, new KeyValuePair<string, object?>(EdgeMetrics.ModelTag, plan.Model.Id));
                }
            }
        }
    }

    /// <summary>A job waits where a caller would be turned away.</summary>
    private async Task<(PoolTicket<ITranscriber>? Ticket, SpeechError? Error)> EnterAsync(TranscriptionPlan plan, CancellationToken cancellationToken)
    {
        while (true)
        {
            var error = plan.Model.Engines.TryEnter(out var ticket);
            if (error is not { Code: SpeechErrorCode.QueueFull }) return (ticket, error);
            await Task.Delay(TimeSpan.FromSeconds(error.RetryAfterSeconds ?? 1), time, cancellationToken);
        }
    }
}
