namespace PolarGrid.Audio.Encoders;

/// <summary>Writes finite samples, -1 to 1, at the encoded rate.</summary>
internal abstract class SampleWriter : IDisposable
{
    public abstract AudioError? Write(ReadOnlySpan<float> samples);

    /// <summary>No samples follow. Called once.</summary>
    public abstract AudioError? Finish();

    /// <summary>Gives up what was not finished; the output gets nothing more.</summary>
    public abstract void Dispose();
}
