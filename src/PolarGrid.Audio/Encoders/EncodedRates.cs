namespace PolarGrid.Audio.Encoders;

/// <summary>Which sample rate a format is written at.</summary>
internal static class EncodedRates
{
    /// <summary>What the API promises for bare samples.</summary>
    public const int Pcm = 24_000;

    /// <summary>Rates of MPEG-1 and MPEG-2. Those of MPEG-2.5, below 16 kHz, end at 64 kbit/s.</summary>
    private static readonly int[] Mpeg = [16_000, 22_050, 24_000, 32_000, 44_100, 48_000];

    /// <summary>Rates that the Opus encoder takes; it stores all of them as 48 kHz.</summary>
    private static readonly int[] Opus = [8_000, 12_000, 16_000, 24_000, 48_000];

    /// <summary>The source's rate where the format has it, else the next higher, else the highest.</summary>
    /// <param name="format">What is written.</param>
    /// <param name="sourceRate">Hertz; the caller has checked or will check its range.</param>
    public static int For(AudioFormat format, int sourceRate) => format switch
    {
        AudioFormat.Pcm => Pcm,
        AudioFormat.Mp3 or AudioFormat.Aac => NextOf(Mpeg, sourceRate),
        AudioFormat.Opus => NextOf(Opus, sourceRate),
        _ => sourceRate,
    };

    private static int NextOf(int[] rates, int rate)
    {
        var found = Array.FindIndex(rates, candidate => candidate >= rate);
        return found < 0 ? rates[^1] : rates[found];
    }
}
