namespace PolarGrid.LoadBench.Client;

/// <summary>A chunk that carried text.</summary>
/// <param name="Time">When its bytes were read, in <see cref="System.Diagnostics.Stopwatch"/> ticks.</param>
internal readonly record struct TextPiece(long Time, int Choice);
