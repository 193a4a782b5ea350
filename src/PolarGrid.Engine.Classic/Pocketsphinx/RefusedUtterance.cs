using PolarGrid.Engine.Speech;

namespace PolarGrid.Engine.Classic.Pocketsphinx;

/// <summary>An utterance that is not listened to; its result says why.</summary>
internal sealed class RefusedUtterance(SpeechError error) : IUtterance
{
    public void Accept(ReadOnlySpan<float> samples)
    {
    }

    public string Partial() => "";

    public TranscribedPiece Finish() => TranscribedPiece.Failed(error);

    public void Dispose()
    {
    }
}
