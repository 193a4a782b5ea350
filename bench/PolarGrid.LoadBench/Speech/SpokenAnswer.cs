namespace PolarGrid.LoadBench.Speech;

/// <summary>One spoken text, as its listener saw it.</summary>
/// <param name="FirstAudioMilliseconds">Until the first bytes behind the header; null when the listener had to wait for the whole file.</param>
/// <param name="TotalMilliseconds">Until the last byte.</param>
/// <param name="AudioSeconds">Length of what came.</param>
internal sealed record SpokenAnswer(double? FirstAudioMilliseconds, double TotalMilliseconds, double AudioSeconds)
{
    /// <summary>Bytes of a WAVE header without extras.</summary>
    public const int HeaderBytes = 44;

    /// <summary>Seconds of audio made in a second.</summary>
    public double Speed => AudioSeconds * 1000 / TotalMilliseconds;
}
