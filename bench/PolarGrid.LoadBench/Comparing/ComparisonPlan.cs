using PolarGrid.LoadBench.Scenarios;

namespace PolarGrid.LoadBench.Comparing;

/// <param name="Rounds">Each scenario is measured so often on each side; medians are compared.</param>
internal sealed record ComparisonPlan(
    FileInfo Model,
    int Threads,
    int Rounds,
    IReadOnlyList<IScenario> Scenarios,
    LoadSettings Settings,
    double WarmUpSeconds,
    TimeSpan RequestTimeout,
    ulong Seed);
