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

    /// <summary>The program that was measured beside ours.</summary>
    public required string Peer { get; init; }

    /// <summary>Null: the engine's own voice.</summary>
    public ModelFile? Model { get; init; }

    /// <summary>That a neural model computed with, on both sides.</summary>
    public int? Threads { get; init; }

    public required int Rounds { get; init; }

    public required IReadOnlyList<SpeechRow> Rows { get; init; }

    public CallersResult? Callers { get; init; }
}

/// <summary>One text, spoken by both in turn.</summary>
/// <param name="Text">Its name.</param>
/// <param name="OursFirstAudio">Milliseconds.</param>
/// <param name="OursSpeed">Seconds of audio made in a second.</param>
/// <param name="TheirsTotal">Milliseconds until all of theirs is there.</param>
/// <param name="TheirsSpeed">Seconds of audio made in a second.</param>
/// <param name="SpeedRatio">Median over the rounds of our speed over theirs.</param>
internal sealed record SpeechRow(
    string Text, Distribution OursFirstAudio, Distribution OursSpeed, Distribution TheirsTotal, Distribution TheirsSpeed, double SpeedRatio)
{
    /// <summary>Milliseconds that theirs takes for the first sentence alone; null where it is not compared.</summary>
    public Distribution? TheirsFirstSentence { get; init; }

    /// <summary>Median over the rounds of our first audio over that.</summary>
    public double? FirstAudioRatio { get; init; }
}

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
