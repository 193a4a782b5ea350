using PolarGrid.Engine.Speech;

namespace PolarGrid.Edge.Transcription.Listening;

/// <summary>One turn at a recogniser: hears one stretch.</summary>
internal static class Hearing
{
    private const double ChunkSeconds = 0.2;

    /// <summary>Runs on the engine's thread. The caller may leave between chunks.</summary>
    /// <exception cref="OperationCanceledException">The caller left.</exception>
    public static TranscribedPiece Hear(ITranscriber engine, ReadOnlyMemory<float> samples, TranscriptionSettings settings, CancellationToken cancellationToken)
    {
        using var utterance = engine.Begin(settings);
        Feed(utterance, samples.Span, engine.Model.SampleRate, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return utterance.Finish();
    }

    /// <inheritdoc cref="Hear"/>
    public static void Feed(IUtterance utterance, ReadOnlySpan<float> samples, int sampleRate, CancellationToken cancellationToken)
    {
        var chunk = Math.Max(1, (int)(sampleRate * ChunkSeconds));
        while (!samples.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var take = Math.Min(chunk, samples.Length);
            utterance.Accept(samples[..take]);
            samples = samples[take..];
        }
    }
}
