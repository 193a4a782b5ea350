using PolarGrid.Engine.Speech.Listening;

namespace PolarGrid.Edge.Transcription.Listening;

/// <summary>A file's audio and where somebody speaks in it. Disposing it gives its memory's room to the next.</summary>
internal sealed class Recording(ReadOnlyMemory<float> samples, int sampleRate, double seconds, IReadOnlyList<SpeechStretch> stretches, Action release) : IDisposable
{
    private Action? release = release;

    /// <summary>Mono, at the recogniser's rate.</summary>
    public ReadOnlyMemory<float> Samples { get; } = samples;

    /// <summary>Hertz.</summary>
    public int SampleRate { get; } = sampleRate;

    /// <summary>Length.</summary>
    public double Seconds { get; } = seconds;

    /// <summary>In samples, in order.</summary>
    public IReadOnlyList<SpeechStretch> Stretches { get; } = stretches;

    public void Dispose() => Interlocked.Exchange(ref release, null)?.Invoke();
}
