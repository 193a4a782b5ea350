namespace PolarGrid.Edge.Speech;

/// <summary>How much one spoken answer may take. Fixed at start.</summary>
public sealed class SpeechLimits
{
    /// <summary>Seconds of audio of one answer, 1 to 86,400: a model that does not come to an end is stopped there.</summary>
    public double MaxSeconds { get; set; } = 3600;

    /// <summary>Seconds of audio that may be made ahead of a reader before the next sentence waits for it, 1 to 3,600.</summary>
    public double MaxSecondsAhead { get; set; } = 30;
}
