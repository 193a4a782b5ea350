namespace PolarGrid.Engine.Sherpa.Models;

/// <summary>How the trial of a model in a process of its own ended.</summary>
/// <param name="Failure">One sentence; null when the model works.</param>
/// <param name="Lasts">Whether another trial would end the same way; false when this one was interrupted.</param>
public sealed record TrialOutcome(string? Failure, bool Lasts = true);
