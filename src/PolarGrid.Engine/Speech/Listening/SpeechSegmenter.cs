namespace PolarGrid.Engine.Speech.Listening;

/// <summary>
/// Cuts a recording into stretches of speech, frame by frame and without looking ahead further than it must: a whole file and a live
/// microphone are cut at the same places.
/// </summary>
/// <remarks>
/// Stretches come in order and never overlap. Every frame with speech is in exactly one, except bursts shorter than
/// <see cref="SegmentationSettings.LeastSpeech"/> with silence on both sides. Not safe for several threads.
/// </remarks>
public sealed class SpeechSegmenter
{
    /// <summary>Where a too long stretch may be cut: in its last third.</summary>
    private const double EarliestCut = 2.0 / 3;

    private readonly SegmentationSettings settings;
    private readonly QuietPlace quiet = new();
    private long now;
    private long lastEnd;
    private long start = -1;
    private long speechEnd;
    private long speech;

    public SpeechSegmenter(SegmentationSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.FrameSamples, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(settings.PaddingBefore);
        ArgumentOutOfRangeException.ThrowIfNegative(settings.PaddingAfter);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.LeastSilence, settings.FrameSamples);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.PaddingAfter, settings.LeastSilence);
        ArgumentOutOfRangeException.ThrowIfNegative(settings.LeastSpeech);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.LeastSilence, settings.MostSamples / 3);
        this.settings = settings;
    }

    /// <summary>Where the stretch under way begins; null while nobody speaks, or not yet long enough.</summary>
    public long? Start => start >= 0 && speech >= settings.LeastSpeech ? start : null;

    /// <summary>Samples before this one surely belong to the stretch under way; it never goes back while that lasts.</summary>
    public long SureUntil => Math.Min(quiet.Position ?? (start + EarliestCutSamples), End);

    /// <summary>Samples before this one will be in no stretch to come: they may be forgotten.</summary>
    public long NeededFrom => start >= 0 ? start : Math.Max(lastEnd, now - settings.PaddingBefore);

    private long EarliestCutSamples => (long)(settings.MostSamples * EarliestCut);

    /// <summary>With what follows the last word.</summary>
    private long End => Math.Min(Math.Min(speechEnd + settings.PaddingAfter, now), start + settings.MostSamples);

    /// <summary>Takes the next frame.</summary>
    /// <param name="hearsSpeech">What the detector said.</param>
    /// <param name="level">How loud it is, in any unit that grows with loudness; chooses where a long stretch is cut.</param>
    /// <returns>The stretch that this frame brought to its end, if any.</returns>
    public SpeechStretch? Add(bool hearsSpeech, float level)
    {
        var at = now;
        now += settings.FrameSamples;
        return hearsSpeech ? Hear(at, level) : Pause(at, level);
    }

    /// <summary>The recording is over.</summary>
    /// <returns>The stretch under way, if any.</returns>
    public SpeechStretch? Finish() => start < 0 ? null : Close(End);

    private SpeechStretch? Hear(long at, float level)
    {
        SpeechStretch? cut = null;
        if (start < 0)
        {
            Open(Math.Max(lastEnd, at - settings.PaddingBefore), at);
        }
        else if (now - start > settings.MostSamples)
        {
            cut = Cut(at);
        }

        speechEnd = now;
        speech += settings.FrameSamples;
        Weigh(at, level);
        return cut;
    }

    private SpeechStretch? Pause(long at, float level)
    {
        if (start < 0) return null;
        Weigh(at, level);
        return now - speechEnd >= settings.LeastSilence ? Close(End) : null;
    }

    /// <summary>Too long with the frame that begins at <paramref name="at"/>: what is behind the quietest place begins the next stretch.</summary>
    private SpeechStretch Cut(long at)
    {
        // A frame in a gap may be the quietest of all; then the stretch ends with its own padding, and the rest of the gap begins the next.
        var place = quiet.Position ?? at;
        var whole = new SpeechStretch(start, Math.Min(place, Math.Min(speechEnd + settings.PaddingAfter, start + settings.MostSamples)));
        lastEnd = whole.End;
        Open(place, at);

        // It is the rest of something that was long enough.
        speech = settings.LeastSpeech;
        return whole;
    }

    private SpeechStretch? Close(long end)
    {
        var whole = new SpeechStretch(start, end);
        var kept = speech >= settings.LeastSpeech;
        start = -1;
        quiet.Forget();
        if (!kept) return null;
        lastEnd = end;
        return whole;
    }

    private void Open(long from, long at)
    {
        start = Math.Max(from, at + settings.FrameSamples - settings.MostSamples);
        speechEnd = at;
        speech = 0;
        quiet.Forget();
    }

    private void Weigh(long at, float level)
    {
        if (at - start >= EarliestCutSamples) quiet.Add(at, level);
    }
}
