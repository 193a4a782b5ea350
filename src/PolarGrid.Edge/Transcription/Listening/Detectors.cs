using PolarGrid.Edge.Audio;
using PolarGrid.Engine.Speech;
using PolarGrid.Engine.Speech.Listening;

namespace PolarGrid.Edge.Transcription.Listening;

/// <summary>Lends voice activity detectors. Those with the usual threshold are kept: a trained one takes time to load.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class Detectors(ISpeechDirectory speech) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Stack<IVoiceActivityDetector> idle = new();
    private Func<float, IVoiceActivityDetector>? origin;
    private bool disposed;

    /// <summary>Whether finding speech takes next to no time: by loudness alone, without a trained model.</summary>
    public bool AreQuick => speech.CreateDetector is null;

    /// <param name="sampleRate">That the audio has; a trained detector may want another one.</param>
    /// <param name="threshold">0 to 1.</param>
    public IVoiceActivityDetector Take(int sampleRate, float threshold)
    {
        if (speech.CreateDetector is not { } create) return new EnergyDetector(sampleRate, threshold);
        if (threshold != VoiceDetection.UsualThreshold) return create(threshold);
        lock (gate)
        {
            if (origin == create && idle.TryPop(out var kept)) return kept;
            origin = create;
        }

        return create(threshold);
    }

    public void Return(IVoiceActivityDetector detector, float threshold)
    {
        if (detector is not EnergyDetector && threshold == VoiceDetection.UsualThreshold)
        {
            detector.Reset();
            lock (gate)
            {
                if (!disposed && origin == speech.CreateDetector && idle.Count < Environment.ProcessorCount)
                {
                    idle.Push(detector);
                    return;
                }
            }
        }

        detector.Dispose();
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            while (idle.TryPop(out var detector)) detector.Dispose();
        }
    }
}
