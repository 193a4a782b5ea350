using PolarGrid.LoadBench.Reports;
using PolarGrid.LoadBench.Scenarios;

namespace PolarGrid.LoadBench.Speech;

/// <summary>The result file of <c>speech</c>.</summary>
internal sealed record SpeechReport
{
    public required DateTimeOffset Time { get; init; }

    public required string Commit { get; init; }

    public required Machine Machine { get; init; }

    public required string Voice { get; init; }

    public required int Rounds { get; init; }

    public required IReadOnlyList<SpeechRow> Rows { get; init; }

    public CallersResult? Callers { get; init; }
}

/// <summary>One text, spoken by both in turn.</summary>
/// <param name="Text">Its name.</param>
/// <param name="OursFirstAudio">Milliseconds.</param>
/// <param name="OursSpeed">Seconds of audio made in a second.</param>
/// <param name="TheirsTotal">Milliseconds until the command line's file is there.</param>
/// <param name="TheirsSpeed">Seconds of audio made in a second.</param>
/// <param name="SpeedRatio">Median over the rounds of our speed over theirs.</param>
internal sealed record SpeechRow(
    string Text, Distribution OursFirstAudio, Distribution OursSpeed, Distribution TheirsTotal, Distribution TheirsSpeed, double SpeedRatio);

/// <summary>Many callers at once, a third of them leaving early and asking again.</summary>
/// <param name="Callers">How many are always inside.</param>
/// <param name="Seconds">How long.</param>
/// <param name="AloneMilliseconds">Median of the same request with nobody else there.</param>
/// <param name="Latency">Milliseconds of those who stayed.</param>
/// <param name="FirstAudio">Milliseconds, of all.</param>
/// <param name="Left">Requests that were left early.</param>
/// <param name="Wrong">Answers of another length than alone.</param>
/// <param name="OverIdeal">Mean latency over what equal shares of all processors would give.</param>
/// <param name="MemoryHalfWay">Bytes resident after half of the time.</param>
/// <param name="MemoryAtEnd">Bytes resident at the end.</param>
internal sealed record CallersResult(
    int Callers,
    double Seconds,
    double AloneMilliseconds,
    Distribution Latency,
    Distribution FirstAudio,
    int Left,
    int Wrong,
    double OverIdeal,
    long MemoryHalfWay,
    long MemoryAtEnd);
