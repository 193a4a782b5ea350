using PolarGrid.LoadBench.Reports;
using PolarGrid.LoadBench.Scenarios;

namespace PolarGrid.LoadBench.Audio;

/// <summary>The result file of <c>speech</c> and of <c>transcribe</c>.</summary>
internal sealed record AudioReport<TRow>
{
    public required DateTimeOffset Time { get; init; }

    public required string Commit { get; init; }

    public required Machine Machine { get; init; }

    /// <summary>That speaks, or whose recordings are heard.</summary>
    public required string Voice { get; init; }

    /// <summary>The program that was measured beside ours.</summary>
    public required string Peer { get; init; }

    /// <summary>Null: the engine's own.</summary>
    public ModelFile? Model { get; init; }

    /// <summary>That a neural model computed with, on both sides.</summary>
    public int? Threads { get; init; }

    public required int Rounds { get; init; }

    /// <summary>What a command line takes to start and load: a tenth of a second of silence, in milliseconds; null for a program that stays, and for speech.</summary>
    public Distribution? TheirStart { get; init; }

    public required IReadOnlyList<TRow> Rows { get; init; }

    /// <summary>What other processes took of the processors meanwhile, 0 to 1; null where nobody says.</summary>
    public double? OthersShare { get; init; }

    public CallersResult? Callers { get; init; }
}
