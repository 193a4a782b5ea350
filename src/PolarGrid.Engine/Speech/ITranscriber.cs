namespace PolarGrid.Engine.Speech;

/// <summary>One loaded instance of a recogniser.</summary>
/// <remarks>One utterance at a time, on whichever thread; <see cref="Running.EnginePool{TEngine}"/> sees to that. Whoever created it disposes it.</remarks>
public interface ITranscriber : IDisposable
{
    TranscriberDescription Model { get; }

    /// <summary>Begins one stretch of speech. The utterance before must have been disposed.</summary>
    IUtterance Begin(TranscriptionSettings settings);
}

/// <summary>One stretch of speech while it is heard. Disposing it at any point leaves the engine ready for the next.</summary>
public interface IUtterance : IDisposable
{
    /// <summary>Takes mono samples at <see cref="TranscriberDescription.SampleRate"/>. A few hundred milliseconds at once let a caller leave in between.</summary>
    void Accept(ReadOnlySpan<float> samples);

    /// <summary>What is heard so far; cheap where <see cref="TranscriberDescription.HearsAsItGoes"/>, else a whole recognition.</summary>
    string Partial();

    /// <summary>No more samples come: the result. Called once.</summary>
    TranscribedPiece Finish();
}

/// <summary>What a caller asked for.</summary>
/// <param name="Language">ISO 639-1; null: the model's own or what it detects.</param>
/// <param name="Prompt">Context for models that take one.</param>
/// <param name="Temperature">0 to 1.</param>
/// <param name="Translate">Into English; only where <see cref="TranscriberDescription.Translates"/>.</param>
public sealed record TranscriptionSettings(string? Language = null, string? Prompt = null, float Temperature = 0, bool Translate = false);
