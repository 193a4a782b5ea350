using System.Buffers;
using PolarGrid.Audio;
using PolarGrid.Audio.Resampling;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Listening;

namespace PolarGrid.Edge.Transcription.Listening;

/// <summary>
/// Finds stretches of speech in samples that come piece by piece, whatever rate its detector wants. Places are samples of the recording.
/// </summary>
/// <remarks>One caller at a time. The detector is not disposed.</remarks>
internal sealed class SpeechFinder : IDisposable
{
    private readonly IVoiceActivityDetector detector;
    private readonly Resampler? resampler;
    private readonly ArrayBufferWriter<float> converted = new();
    private readonly float[] frame;
    private readonly double ratio;
    private int filled;

    private SpeechFinder(IVoiceActivityDetector detector, Resampler? resampler, int sampleRate, double mostSeconds, VoiceDetection detection)
    {
        this.detector = detector;
        this.resampler = resampler;
        frame = new float[detector.FrameSamples];
        ratio = (double)sampleRate / detector.SampleRate;
        Segmenter = new SpeechSegmenter(SegmentationSettings.For(
            detector.SampleRate, detector.FrameSamples, mostSeconds, detection.PaddingSeconds, detection.SilenceSeconds));
    }

    /// <summary>Its places are samples at the detector's rate; <see cref="Place"/> converts them.</summary>
    public SpeechSegmenter Segmenter { get; }

    /// <param name="detector">Fresh or reset.</param>
    /// <param name="sampleRate">Of the samples that will come, in hertz.</param>
    /// <param name="mostSeconds">Of a stretch.</param>
    /// <param name="detection">As the caller asked.</param>
    public static AudioResult<SpeechFinder> Create(IVoiceActivityDetector detector, int sampleRate, double mostSeconds, VoiceDetection detection)
    {
        if (sampleRate == detector.SampleRate) return new(new SpeechFinder(detector, null, sampleRate, mostSeconds, detection));
        var resampler = Resampler.Create(sampleRate, detector.SampleRate);
        return resampler.Succeeded
            ? new(new SpeechFinder(detector, resampler.Value, sampleRate, mostSeconds, detection))
            : new(resampler.Error);
    }

    /// <summary>A place of the segmenter as a sample of the recording.</summary>
    public long Place(long place) => ratio == 1 ? place : (long)(place * ratio);

    /// <summary>Takes samples; the stretches that they ended go to <paramref name="found"/>.</summary>
    public AudioError? Add(ReadOnlySpan<float> samples, List<SpeechStretch> found)
    {
        if (resampler is null)
        {
            Hear(samples, found);
            return null;
        }

        converted.ResetWrittenCount();
        var error = resampler.Process(samples, converted);
        Hear(converted.WrittenSpan, found);
        return error;
    }

    /// <summary>No samples come for now: what is under way ends here. More may come afterwards.</summary>
    public void Pause(List<SpeechStretch> found)
    {
        if (Segmenter.Finish() is { } last) Keep(last, found);
    }

    /// <summary>No more samples come.</summary>
    public AudioError? Finish(List<SpeechStretch> found)
    {
        converted.ResetWrittenCount();
        var error = resampler?.Finish(converted);
        Hear(converted.WrittenSpan, found);
        if (filled > 0)
        {
            frame.AsSpan(filled).Clear();
            Hear(found);
        }

        if (Segmenter.Finish() is { } last) Keep(last, found);
        return error;
    }

    public void Dispose() => resampler?.Dispose();

    private void Hear(ReadOnlySpan<float> samples, List<SpeechStretch> found)
    {
        while (!samples.IsEmpty)
        {
            var take = Math.Min(frame.Length - filled, samples.Length);
            samples[..take].CopyTo(frame.AsSpan(filled));
            samples = samples[take..];
            filled += take;
            if (filled == frame.Length) Hear(found);
        }
    }

    private void Hear(List<SpeechStretch> found)
    {
        filled = 0;
        if (Segmenter.Add(detector.HearsSpeech(frame), Loudness.Energy(frame)) is { } ended) Keep(ended, found);
    }

    private void Keep(SpeechStretch stretch, List<SpeechStretch> found) => found.Add(new(Place(stretch.Start), Place(stretch.End)));
}
