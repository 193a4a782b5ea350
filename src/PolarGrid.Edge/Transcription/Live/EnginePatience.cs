namespace PolarGrid.Edge.Transcription.Live;

/// <summary>
/// How long an engine that a live session holds may wait for the next samples: a second at a time, and altogether a second more than
/// the audio that came meanwhile. Who stops in the middle of a word or sends a trickle keeps nobody else from the engine.
/// </summary>
internal sealed class EnginePatience(TimeProvider time)
{
    private const double MostSeconds = 1;

    private double late;
    private long began;

    /// <summary>Of the wait that begins now.</summary>
    public TimeSpan Left => TimeSpan.FromSeconds(Math.Clamp(MostSeconds - late, 0, MostSeconds));

    /// <summary>An engine is held from now on, or none.</summary>
    public void Forget() => late = 0;

    public void BeginWait() => began = time.GetTimestamp();

    public void EndWait() => late += time.GetElapsedTime(began).TotalSeconds;

    /// <param name="seconds">Of audio that came.</param>
    public void Came(double seconds) => late -= seconds;
}
