namespace PolarGrid.Engine.Speech;

/// <summary>One loaded instance of a voice model that turns clean text into samples.</summary>
/// <remarks>One call at a time, on whichever thread; <see cref="Running.EnginePool{TEngine}"/> sees to that. Whoever created it disposes it.</remarks>
public interface ISynthesizer : IDisposable
{
    SynthesizerDescription Model { get; }

    /// <summary>Speaks one piece of text, a sentence or two, on the caller's thread.</summary>
    /// <param name="piece">Text that is fit to be spoken; its numbers have been checked, and are checked again before native code.</param>
    /// <param name="sink">Takes the samples as they are made; when it says false the engine stops at the next chunk.</param>
    /// <returns>Null when all was spoken or the sink stopped it; otherwise why not.</returns>
    SpeechError? Speak(SpokenPiece piece, AudioSink sink);
}

/// <summary>Takes mono samples, -1 to 1, valid during the call only. False: nobody wants more.</summary>
public delegate bool AudioSink(ReadOnlySpan<float> samples);

/// <summary>What one call speaks.</summary>
/// <param name="Text">1 or more characters without control characters.</param>
/// <param name="Voice">An id out of <see cref="SynthesizerDescription.Voices"/>.</param>
/// <param name="Speed">0.25 to 4; 2 takes half the time.</param>
/// <param name="Language">ISO 639-1; null: the voice's own.</param>
/// <param name="Instructions">How to speak, for models with <see cref="SynthesizerDescription.FollowsInstructions"/>; null for all others.</param>
public sealed record SpokenPiece(string Text, string Voice, float Speed = 1f, string? Language = null, string? Instructions = null);
