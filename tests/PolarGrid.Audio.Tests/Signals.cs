namespace PolarGrid.Audio.Tests;

/// <summary>Test signals and how much of them is left.</summary>
internal static class Signals
{
    /// <summary>A mix of two tones that swells, so that a shift in time shows.</summary>
    public static float[] Tones(int rate, double seconds)
    {
        var samples = new float[(int)(rate * seconds)];
        for (var i = 0; i < samples.Length; i++)
        {
            var t = i / (double)rate;
            var swell = 0.5 + 0.4 * Math.Sin(2 * Math.PI * 3.1 * t);
            samples[i] = (float)(swell * (0.6 * Math.Sin(2 * Math.PI * 440 * t) + 0.3 * Math.Sin(2 * Math.PI * 1234.5 * t)));
        }

        return samples;
    }

    /// <summary>
    /// Decibels of the signal over what differs, at the gain and the delay of -most to most samples that fit best. 10 is a bad telephone, 90 is 16 bits.
    /// Only the middle is compared: codecs pad the ends.
    /// </summary>
    public static double Snr(ReadOnlySpan<float> wanted, ReadOnlySpan<float> got, int most = 0)
    {
        var length = Math.Min(wanted.Length, got.Length);
        var edge = most + length / 20;
        var best = double.NegativeInfinity;
        for (var shift = -most; shift <= most; shift++)
        {
            double own = 0, other = 0, both = 0;
            for (var i = edge; i < length - edge; i++)
            {
                own += (double)wanted[i] * wanted[i];
                other += (double)got[i + shift] * got[i + shift];
                both += (double)got[i + shift] * wanted[i];
            }

            // What is left when the best gain is taken off: an mp3 encoder turns the volume down a little.
            var noise = other - both * both / own;
            best = Math.Max(best, noise <= own * 1e-15 ? 150 : 10 * Math.Log10(both * both / own / noise));
        }

        return best;
    }
}
