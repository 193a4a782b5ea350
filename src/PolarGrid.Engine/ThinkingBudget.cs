using PolarGrid.Engine.Answers;

namespace PolarGrid.Engine;

/// <summary>
/// How long a choice may think. Once its thinking has as many tokens, the marker that ends thinking is written in the model's place, so
/// that the answer follows. Enforced for every choice on its own. Immutable and serialisable.
/// </summary>
/// <param name="Markers">Of the model.</param>
/// <param name="Tokens">
/// Between the markers, which are not counted; 0 or more. A character that is not complete then is completed, with up to three tokens.
/// </param>
public sealed record ThinkingBudget(ReasoningMarkers Markers, int Tokens);
