using PolarGrid.LoadBench.Scenarios;

namespace PolarGrid.LoadBench.Audio;

/// <summary>Many callers at once, a third of them leaving early and asking again.</summary>
/// <param name="Callers">How many are always inside.</param>
/// <param name="Seconds">How long.</param>
/// <param name="AloneMilliseconds">Median of the same request with nobody else there.</param>
/// <param name="Latency">Milliseconds of those who stayed.</param>
/// <param name="Left">Requests that were left early.</param>
/// <param name="Wrong">Answers that were not the one alone.</param>
/// <param name="OverIdeal">Mean latency over what equal shares of all processors would give.</param>
/// <param name="MemoryHalfWay">Bytes resident after half of the time.</param>
/// <param name="MemoryAtEnd">Bytes resident at the end.</param>
internal sealed record CallersResult(
    int Callers, double Seconds, double AloneMilliseconds, Distribution Latency, int Left, int Wrong, double OverIdeal, long MemoryHalfWay, long MemoryAtEnd)
{
    /// <summary>Milliseconds until the first sound, of all; null for recordings.</summary>
    public Distribution? FirstAudio { get; init; }
}
