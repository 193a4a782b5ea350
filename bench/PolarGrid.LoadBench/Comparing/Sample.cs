using PolarGrid.LoadBench.Scenarios;

namespace PolarGrid.LoadBench.Comparing;

/// <summary>One measurement of one side in one round.</summary>
internal sealed record Sample(string Side, int Round, Measurement Measurement);
