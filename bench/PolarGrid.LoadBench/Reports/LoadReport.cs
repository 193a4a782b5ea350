using PolarGrid.LoadBench.Prompts;
using PolarGrid.LoadBench.Scenarios;

namespace PolarGrid.LoadBench.Reports;

/// <summary>The result file of a run against one server.</summary>
internal sealed record LoadReport
{
    public required DateTimeOffset Time { get; init; }

    public required string Commit { get; init; }

    public required Machine Machine { get; init; }

    public ModelFile? Model { get; init; }

    public required string ModelName { get; init; }

    public required ulong Seed { get; init; }

    public required TokenCalibration Calibration { get; init; }

    public required LoadSettings Settings { get; init; }

    public required IReadOnlyList<Measurement> Measurements { get; init; }
}
