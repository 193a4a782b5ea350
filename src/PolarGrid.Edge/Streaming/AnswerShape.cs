using PolarGrid.Engine.Answers;

namespace PolarGrid.Edge.Streaming;

/// <summary>How the answers of a run are taken apart and sent.</summary>
/// <param name="Plan">What may occur in them.</param>
/// <param name="AsFunctionCall">Whether a call goes out in the deprecated form <c>function_call</c>.</param>
internal sealed record AnswerShape(AnswerPlan Plan, bool AsFunctionCall);
