namespace PolarGrid.Engine.Speech;

/// <summary>Says for one short frame after another whether somebody speaks. Keeps state between frames.</summary>
/// <remarks>One caller at a time. Whoever created it disposes it.</remarks>
public interface IVoiceActivityDetector : IDisposable
{
    /// <summary>Of the samples that it takes, in hertz.</summary>
    int SampleRate { get; }

    /// <summary>Samples of a frame.</summary>
    int FrameSamples { get; }

    /// <param name="frame">Exactly <see cref="FrameSamples"/> mono samples, -1 to 1.</param>
    bool HearsSpeech(ReadOnlySpan<float> frame);

    /// <summary>Forgets what it heard, for the next recording.</summary>
    void Reset();
}
