namespace PolarGrid.Edge.Audio;

/// <summary>What a request used of speech, counted per key as tokens are.</summary>
/// <param name="Characters">Of the text to be spoken, as Unicode counts them.</param>
/// <param name="SpokenSeconds">Audio made, whether or not the caller stayed to hear it.</param>
/// <param name="HeardSeconds">Audio that a recogniser listened to.</param>
internal readonly record struct AudioUsage(int Characters, double SpokenSeconds, double HeardSeconds);
