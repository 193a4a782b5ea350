using PolarGrid.LoadBench.Scenarios;

namespace PolarGrid.LoadBench.Transcription;

/// <summary>One recording, heard by both in turn.</summary>
/// <param name="Recording">Its name.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="OursFactor">Time over length.</param>
/// <param name="TheirsFactor">The same, without what a command line takes to start.</param>
/// <param name="SpeedRatio">Median over the rounds of their factor over ours.</param>
internal sealed record TranscriptionRow(string Recording, double Seconds, Distribution OursFactor, Distribution TheirsFactor, double SpeedRatio);
