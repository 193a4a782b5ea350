namespace PolarGrid.Engine.Sherpa.Listening;

/// <summary>A recogniser that writes the same words over and over until its library stops it.</summary>
internal static class Runaway
{
    /// <summary>More than anybody speaks: quick English has 7. The library stops at 15 for each second of audio.</summary>
    private const double MostTokensPerSecond = 13;

    /// <summary>So often in a row is no speech, once there are too many tokens.</summary>
    private const int Times = 3;

    /// <param name="tokens">That the model wrote.</param>
    /// <param name="seconds">Of audio.</param>
    public static bool Is(int tokens, double seconds) => tokens > MostTokensPerSecond * seconds;

    /// <summary>Keeps the first of what a text repeats at its end; a last part that was cut off falls away with the others.</summary>
    /// <returns>The text itself where nothing stands there three times.</returns>
    public static string Cut(string text)
    {
        for (var period = 1; period <= text.Length / Times; period++)
        {
            var start = text.Length - period;
            while (start > 0 && text[start - 1] == text[start - 1 + period]) start--;
            if (text.Length - start >= Times * period) return text[..(start + period)].TrimEnd();
        }

        return text;
    }
}
