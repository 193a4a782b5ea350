namespace PolarGrid.Engine.Answers;

/// <summary>The texts between which a model thinks.</summary>
/// <param name="Open">For example <c>&lt;think&gt;</c>.</param>
/// <param name="Close">For example <c>&lt;/think&gt;</c>.</param>
public sealed record ReasoningMarkers(string Open, string Close);
