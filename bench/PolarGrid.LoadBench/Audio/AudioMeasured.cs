using PolarGrid.LoadBench.Scenarios;

namespace PolarGrid.LoadBench.Audio;

/// <summary>What one command measured; the rest of its report is known without it.</summary>
/// <param name="Peer">The program that was measured beside ours.</param>
/// <param name="Rows">One for each text or recording.</param>
/// <param name="Callers">Null where that part was left out.</param>
internal sealed record AudioMeasured<TRow>(string Peer, IReadOnlyList<TRow> Rows, CallersResult? Callers)
{
    /// <summary>As in the report.</summary>
    public Distribution? TheirStart { get; init; }
}
