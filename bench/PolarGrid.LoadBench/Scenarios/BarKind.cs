namespace PolarGrid.LoadBench.Scenarios;

internal enum BarKind
{
    RatioAtLeast,
    OursAtMost,
    OursAtLeast,
}
