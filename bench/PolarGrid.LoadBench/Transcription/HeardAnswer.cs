namespace PolarGrid.LoadBench.Transcription;

/// <summary>One recording, as whoever sent it got it back.</summary>
/// <param name="Text">What was heard.</param>
/// <param name="Milliseconds">Until all of it was there.</param>
internal sealed record HeardAnswer(string Text, double Milliseconds);
