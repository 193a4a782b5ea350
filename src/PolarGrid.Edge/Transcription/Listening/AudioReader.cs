using PolarGrid.Audio;
using PolarGrid.Audio.Decoders;
using PolarGrid.Edge.Audio;
using PolarGrid.Edge.Errors;
using PolarGrid.Edge.Transcription.Forms;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Listening;

namespace PolarGrid.Edge.Transcription.Listening;

/// <summary>
/// Decodes files and finds the speech in them: as many at once as there are processors, on threads of its own where it takes more than a
/// moment, within a bound on the audio that is in memory. Jobs have a room of their own, so that long ones, which keep theirs while they are heard, hold up no caller.
/// </summary>
internal sealed class AudioReader(EdgeOptions options, Detectors detectors, TimeProvider time) : IDisposable
{
    private const int RetryAfterSeconds = 10;

    /// <summary>No codec for speech needs fewer: a file is not longer than its bytes over this, but for one that was made to be.</summary>
    private const double LeastBytesPerSecond = 400;

    /// <summary>How long a caller waits for room before it is told to come again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim decoders = new(Environment.ProcessorCount);

    /// <summary>What is taken of <see cref="TranscriptionOptions.MaxAudioSecondsTogether"/>.</summary>
    public AudioRoom Room { get; } = new(options.Transcription.MaxAudioSecondsTogether);

    /// <summary>What is taken of <see cref="TranscriptionOptions.MaxJobAudioSecondsTogether"/>.</summary>
    public AudioRoom JobRoom { get; } = new(options.Transcription.MaxJobAudioSecondsTogether);

    private double MaxSeconds => options.Transcription.MaxAudioSeconds;

    /// <summary>For a caller who waits, and who is told to come again when there is no room for a while.</summary>
    /// <remarks>Whoever needs a pool's ticket too takes that first: everybody in the same order, so that no two wait for each other.</remarks>
    /// <param name="file">Not used any more afterwards.</param>
    /// <param name="model">Whose rate and longest stretch count.</param>
    /// <param name="detection">How speech is found.</param>
    /// <param name="cancellationToken">The caller left.</param>
    /// <returns>The recording, to be disposed, or why the file cannot be heard.</returns>
    /// <exception cref="OperationCanceledException">The caller left.</exception>
    public Task<(Recording? Recording, ApiError? Error)> ReadAsync(
        UploadedFile file, TranscriberDescription model, VoiceDetection detection, CancellationToken cancellationToken) =>
        ReadAsync(file, model, detection, Room, Patience, cancellationToken);

    /// <summary>For a job: waits for room as long as it takes.</summary>
    /// <inheritdoc cref="ReadAsync(UploadedFile, TranscriberDescription, VoiceDetection, CancellationToken)"/>
    public Task<(Recording? Recording, ApiError? Error)> ReadForJobAsync(
        UploadedFile file, TranscriberDescription model, VoiceDetection detection, CancellationToken cancellationToken) =>
        ReadAsync(file, model, detection, JobRoom, Timeout.InfiniteTimeSpan, cancellationToken);

    public void Dispose() => decoders.Dispose();

    private async Task<(Recording? Recording, ApiError? Error)> ReadAsync(
        UploadedFile file, TranscriberDescription model, VoiceDetection detection, AudioRoom room, TimeSpan patience, CancellationToken cancellationToken)
    {
        // Most files take a small part of the room; one that decodes to more than its bytes promise is decoded again with all of it.
        var likely = Math.Min(MaxSeconds, 1 + (file.Length / LeastBytesPerSecond));
        for (var seconds = likely; ; seconds = MaxSeconds)
        {
            if (!await room.TryTakeAsync(seconds, patience, time, cancellationToken))
            {
                return (null, new(ErrorTable.QueueFull, "The server holds as much decoded audio as it may. Try again later, or send the file as a job with 'async'.")
                {
                    RetryAfterSeconds = RetryAfterSeconds,
                });
            }

            var (recording, error) = await ReadAsync(file, seconds, room, model, detection, cancellationToken);
            if (error is { Code: AudioErrorCode.TooLong } && seconds < MaxSeconds) continue;
            return (recording, error is null ? null : AudioErrors.OfDecoder(error));
        }
    }

    /// <param name="seconds">Taken of the room; given back here or by the recording.</param>
    private async Task<(Recording? Recording, AudioError? Error)> ReadAsync(
        UploadedFile file, double seconds, AudioRoom room, TranscriberDescription model, VoiceDetection detection, CancellationToken cancellationToken)
    {
        var held = seconds;
        Recording? recording = null;
        try
        {
            await decoders.WaitAsync(cancellationToken);
            try
            {
                var limits = new AudioLimits { MaxSeconds = seconds, MaxBytes = Math.Max(1, options.Transcription.MaxFileBytes) };
                var (audio, stretches, error) = detectors.AreQuick && AudioDecoder.IsQuick(file.Bytes, model.SampleRate)
                    ? Decode(file.Bytes, limits, model, detection, cancellationToken)
                    : await Task.Factory.StartNew(
                        () => Decode(file.Bytes, limits, model, detection, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                if (audio is null) return (null, error);
                var kept = Math.Min(held, audio.Seconds);
                room.Give(held - kept);
                held = kept;
                return (recording = new Recording(audio.Samples, audio.SampleRate, audio.Seconds, stretches, () => room.Give(kept)), null);
            }
            finally
            {
                decoders.Release();
            }
        }
        finally
        {
            if (recording is null) room.Give(held);
        }
    }

    private (DecodedAudio? Audio, IReadOnlyList<SpeechStretch> Stretches, AudioError? Error) Decode(
        ReadOnlyMemory<byte> file, AudioLimits limits, TranscriberDescription model, VoiceDetection detection, CancellationToken cancellationToken)
    {
        var decoded = AudioDecoder.Decode(file, limits, model.SampleRate, cancellationToken);
        if (!decoded.Succeeded) return (null, [], decoded.Error);
        var stretches = new List<SpeechStretch>();
        var detector = detectors.Take(model.SampleRate, detection.Threshold);
        try
        {
            var error = Find(detector, decoded.Value.Samples, model, detection, stretches, cancellationToken);
            return error is null ? (decoded.Value, stretches, null) : (null, [], error);
        }
        finally
        {
            detectors.Return(detector, detection.Threshold);
        }
    }

    private static AudioError? Find(
        IVoiceActivityDetector detector,
        ReadOnlyMemory<float> samples,
        TranscriberDescription model,
        VoiceDetection detection,
        List<SpeechStretch> found,
        CancellationToken cancellationToken)
    {
        var created = SpeechFinder.Create(detector, model.SampleRate, model.MaxUtteranceSeconds, detection);
        if (!created.Succeeded) return created.Error;
        using var finder = created.Value;
        for (var at = 0; at < samples.Length; at += model.SampleRate)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (finder.Add(samples.Span.Slice(at, Math.Min(model.SampleRate, samples.Length - at)), found) is { } error) return error;
        }

        if (finder.Finish(found) is { } failed) return failed;
        Trim(found, samples.Length);
        return null;
    }

    /// <summary>The last frame was filled up with silence: no stretch reaches beyond the recording.</summary>
    private static void Trim(List<SpeechStretch> found, int length)
    {
        while (found.Count > 0 && found[^1].End > length)
        {
            var last = found[^1];
            found.RemoveAt(found.Count - 1);
            if (last.Start < length) found.Add(last with { End = length });
        }
    }
}
