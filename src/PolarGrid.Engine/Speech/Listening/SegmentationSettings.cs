namespace PolarGrid.Engine.Speech.Listening;

/// <summary>How <see cref="SpeechSegmenter"/> cuts. All in samples; checked by its constructor.</summary>
public sealed record SegmentationSettings
{
    /// <summary>Samples of a frame, 1 or more.</summary>
    public required int FrameSamples { get; init; }

    /// <summary>Taken along before the first frame with speech, so that a soft beginning is not lost: 0 or more.</summary>
    public required int PaddingBefore { get; init; }

    /// <summary>Taken along behind the last frame with speech: 0 or more, at most <see cref="LeastSilence"/>.</summary>
    public required int PaddingAfter { get; init; }

    /// <summary>Silence that ends a stretch; shorter gaps belong to it. One frame to a third of <see cref="MostSamples"/>.</summary>
    public required int LeastSilence { get; init; }

    /// <summary>Speech that a stretch must hold; shorter bursts between silences are noise and dropped. 0 or more.</summary>
    public required int LeastSpeech { get; init; }

    /// <summary>Longest stretch with its padding; longer speech is cut where it is quietest.</summary>
    public required int MostSamples { get; init; }

    /// <summary>The usual settings: 300 ms taken along before and 200 ms behind, half a second of silence ends a stretch, 60 ms are no speech.</summary>
    /// <param name="sampleRate">Of the frames, in hertz.</param>
    /// <param name="frameSamples">Of a frame.</param>
    /// <param name="mostSeconds">Of a stretch.</param>
    /// <param name="paddingSeconds">Before a stretch; null: usual.</param>
    /// <param name="silenceSeconds">That ends it; null: usual.</param>
    public static SegmentationSettings For(
        int sampleRate, int frameSamples, double mostSeconds, double? paddingSeconds = null, double? silenceSeconds = null)
    {
        var most = Math.Max(3 * frameSamples, Samples(mostSeconds));
        var silence = Math.Clamp(Samples(silenceSeconds ?? 0.5), frameSamples, most / 3);
        return new SegmentationSettings
        {
            FrameSamples = frameSamples,
            PaddingBefore = Samples(paddingSeconds ?? 0.3),
            PaddingAfter = Math.Min(silence, Samples(0.2)),
            LeastSilence = silence,
            LeastSpeech = Samples(0.06),
            MostSamples = most,
        };

        int Samples(double seconds) => (int)Math.Min(int.MaxValue, seconds * sampleRate);
    }
}
