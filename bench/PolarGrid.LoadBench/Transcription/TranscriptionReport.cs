using PolarGrid.LoadBench.Reports;
using PolarGrid.LoadBench.Scenarios;
using PolarGrid.LoadBench.Speech;

namespace PolarGrid.LoadBench.Transcription;

/// <summary>The result file of <c>transcribe</c>.</summary>
internal sealed record TranscriptionReport
{
    public required DateTimeOffset Time { get; init; }

    public required string Commit { get; init; }

    public required Machine Machine { get; init; }

    public required int Rounds { get; init; }

    /// <summary>The program that was measured beside ours.</summary>
    public required string Peer { get; init; }

    /// <summary>Null: the engine's own.</summary>
    public ModelFile? Model { get; init; }

    /// <summary>That a neural model computed with, on both sides.</summary>
    public int? Threads { get; init; }

    /// <summary>What a command line takes to start and load: a tenth of a second of silence, in milliseconds; null for a program that stays.</summary>
    public Distribution? TheirStart { get; init; }

    public required IReadOnlyList<TranscriptionRow> Rows { get; init; }

    public CallersResult? Callers { get; init; }
}

/// <summary>One recording, heard by both in turn.</summary>
/// <param name="Recording">Its name.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="OursFactor">Time over length.</param>
/// <param name="TheirsFactor">The same, without what a command line takes to start.</param>
/// <param name="SpeedRatio">Median over the rounds of their factor over ours.</param>
internal sealed record TranscriptionRow(string Recording, double Seconds, Distribution OursFactor, Distribution TheirsFactor, double SpeedRatio);
