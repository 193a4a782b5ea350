namespace PolarGrid.Engine.Speech.Listening;

/// <summary>A part of a recording that holds speech, in samples from its beginning.</summary>
/// <param name="Start">The first sample.</param>
/// <param name="End">Behind the last; more than <paramref name="Start"/>.</param>
public readonly record struct SpeechStretch(long Start, long End)
{
    public long Length => End - Start;
}
