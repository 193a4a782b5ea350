using PolarGrid.Engine.Speech;

namespace PolarGrid.Edge.Transcription.Listening;

/// <summary>One turn at a recogniser: hears one stretch.</summary>
internal static class Hearing
{
    private const double ChunkSeconds = 0.2;

    /// <summary>Runs on the engine's thread. The caller may leave between chunks, where the engine works while they come; else before it begins.</summary>
    /// <param name="engine">Whose turn it is.</param>
    /// <param name="samples">Of the stretch.</param>
    /// <param name="settings">What the caller asked for.</param>
    /// <param name="tell">Told how many samples the engine is given, before it gets them; null where nobody counts.</param>
    /// <param name="cancellationToken">The caller left.</param>
    /// <exception cref="OperationCanceledException">The caller left.</exception>
    public static TranscribedPiece Hear(
        ITranscriber engine, ReadOnlyMemory<float> samples, TranscriptionSettings settings, Action<int>? tell, CancellationToken cancellationToken)
    {
        using var utterance = engine.Begin(settings);
        Feed(utterance, samples.Span, engine.Model, tell, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return utterance.Finish();
    }

    /// <inheritdoc cref="Hear"/>
    /// <param name="utterance">Gets the samples.</param>
    /// <param name="model">Whose utterance it is.</param>
    public static void Feed(
        IUtterance utterance, ReadOnlySpan<float> samples, TranscriberDescription model, Action<int>? tell, CancellationToken cancellationToken)
    {
        var chunk = model.HearsAsItGoes ? Math.Max(1, (int)(model.SampleRate * ChunkSeconds)) : samples.Length;
        while (!samples.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var take = Math.Min(chunk, samples.Length);
            tell?.Invoke(take);
            utterance.Accept(samples[..take]);
            samples = samples[take..];
        }
    }
}
