using PolarGrid.Edge.Audio;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Edge.Speech;

/// <summary>A checked request: who says what, piece by piece.</summary>
/// <param name="Model">Speaks.</param>
/// <param name="Voice">One of the model's.</param>
/// <param name="Pieces">1 or more, in order.</param>
/// <param name="Characters">Of the caller's text.</param>
internal sealed record SpeechPlan(
    SpeechModel<SynthesizerDescription, ISynthesizer> Model, Voice Voice, IReadOnlyList<SpokenPiece> Pieces, int Characters);
