namespace PolarGrid.LoadBench.Comparing;

/// <summary>A further number of a scenario, as medians of both sides.</summary>
internal sealed record ComparedValue(string Name, double Ours, double Theirs);
