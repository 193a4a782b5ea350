namespace PolarGrid.LoadBench.Scenarios;

/// <summary>The one number that a scenario is judged by.</summary>
internal sealed record Headline(string Name, string Unit, double Value, bool HigherIsBetter);
