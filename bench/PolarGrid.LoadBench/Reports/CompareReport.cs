using PolarGrid.LoadBench.Comparing;
using PolarGrid.LoadBench.Prompts;
using PolarGrid.LoadBench.Scenarios;

namespace PolarGrid.LoadBench.Reports;

/// <summary>The result file of a comparison: every sample, and the medians beside one another.</summary>
internal sealed record CompareReport
{
    public required DateTimeOffset Time { get; init; }

    public required string Commit { get; init; }

    public required Machine Machine { get; init; }

    public required ModelFile Model { get; init; }

    public required int Threads { get; init; }

    public required int Rounds { get; init; }

    public required double WarmUpSeconds { get; init; }

    public required ulong Seed { get; init; }

    public required TokenCalibration Calibration { get; init; }

    public required LoadSettings Settings { get; init; }

    /// <summary>Arguments as templates, without the program's path.</summary>
    public required string OurArguments { get; init; }

    public required string TheirArguments { get; init; }

    /// <summary>What the other server says for <c>--version</c>.</summary>
    public required string TheirVersion { get; init; }

    public required IReadOnlyList<ComparisonRow> Rows { get; init; }

    public required IReadOnlyList<Sample> Samples { get; init; }
}
