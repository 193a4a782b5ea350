using PolarGrid.LoadBench.Scenarios;

namespace PolarGrid.LoadBench.Speech;

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
