using PolarGrid.Engine.Speech;

namespace PolarGrid.Edge.Transcription.Answers;

/// <summary>One stretch of speech as it was heard. Times are seconds of the recording.</summary>
/// <param name="Start">Of the stretch.</param>
/// <param name="End">Of the stretch.</param>
/// <param name="Text">1 or more characters.</param>
/// <param name="Words">Empty where the model gives no times.</param>
/// <param name="Piece">What the model said besides; its times count from the stretch's beginning.</param>
internal sealed record HeardSegment(double Start, double End, string Text, IReadOnlyList<TranscribedWord> Words, TranscribedPiece Piece)
{
    /// <summary>When somebody begins to speak: words know it better than the stretch, which has silence around it.</summary>
    public double SpeechStart => Words.Count > 0 ? Words[0].Start : Start;

    public double SpeechEnd => Words.Count > 0 ? Math.Max(Words[^1].End, SpeechStart) : End;
}
