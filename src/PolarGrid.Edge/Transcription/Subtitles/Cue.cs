namespace PolarGrid.Edge.Transcription.Subtitles;

/// <summary>What stands on the screen for a while.</summary>
/// <param name="Start">Whole milliseconds of the recording.</param>
/// <param name="End">More than <paramref name="Start"/>; not behind the next cue's beginning.</param>
/// <param name="Lines">1 or 2, none empty.</param>
internal sealed record Cue(long Start, long End, IReadOnlyList<string> Lines);
