namespace PolarGrid.Engine.Speech.Listening;

/// <summary>
/// Voice activity by loudness alone, for machines without a trained detector: speech is what stands out from the quietest of the last
/// seconds. Cheap, deterministic, any sample rate; it takes music and other loud noise for speech.
/// </summary>
/// <remarks>
/// The noise floor is the smallest smoothed level of the last <see cref="MemorySeconds"/>, held between <see cref="LowestFloor"/> and
/// <see cref="HighestFloor"/>. So digital silence does not make a whisper of noise into speech, and a tone that never pauses
/// stays speech however long it lasts, as long as it is loud.
/// </remarks>
public sealed class EnergyDetector : IVoiceActivityDetector
{
    /// <summary>Decibels of full scale.</summary>
    public const double LowestFloor = -62, HighestFloor = -38;

    private const double FrameSeconds = 0.02, MemorySeconds = 3, HangoverSeconds = 0.1, SmoothingFrames = 3, SilentLevel = -120;

    private readonly double[] memory = new double[(int)(MemorySeconds / FrameSeconds)];
    private readonly double margin;
    private long frames;
    private double smoothed;
    private double least;
    private int hangover;
    private bool louderBefore;

    /// <param name="sampleRate">Hertz, 4,000 to 384,000.</param>
    /// <param name="threshold">0 to 1: how far speech must stand out, from 3 to 15 decibels.</param>
    public EnergyDetector(int sampleRate, float threshold = 0.5f)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 4_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, 384_000);
        if (!(threshold >= 0 && threshold <= 1)) throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "0 to 1");
        SampleRate = sampleRate;
        FrameSamples = (int)(sampleRate * FrameSeconds);
        margin = 3 + (12 * threshold);
    }

    public int SampleRate { get; }

    public int FrameSamples { get; }

    public bool HearsSpeech(ReadOnlySpan<float> frame)
    {
        if (frame.Length != FrameSamples) throw new ArgumentException($"A frame has {FrameSamples} samples.", nameof(frame));
        var level = Level(frame);
        smoothed = frames == 0 ? level : smoothed + ((level - smoothed) / SmoothingFrames);
        Remember(smoothed);
        var louder = level > Floor() + margin;

        // One loud frame alone is a click; the padding of a stretch covers the frame that is lost here.
        if (louder && louderBefore) hangover = (int)(HangoverSeconds / FrameSeconds);
        else if (hangover > 0) hangover--;
        louderBefore = louder;
        return hangover > 0;
    }

    public void Reset()
    {
        frames = 0;
        hangover = 0;
        louderBefore = false;
    }

    public void Dispose()
    {
    }

    private double Floor() => Math.Clamp(least, LowestFloor, HighestFloor);

    /// <summary>Keeps the smallest level; looks through all of them only when that one is forgotten.</summary>
    private void Remember(double level)
    {
        var place = (int)(frames++ % memory.Length);
        var forgotten = memory[place];
        memory[place] = level;
        if (frames == 1 || level <= least) least = level;
        else if (frames > memory.Length && forgotten <= least) least = memory.Min();
    }

    private static double Level(ReadOnlySpan<float> frame)
    {
        var mean = (double)Loudness.Energy(frame) / frame.Length;
        return mean > 1e-12 ? Math.Max(SilentLevel, 10 * Math.Log10(mean)) : SilentLevel;
    }
}
