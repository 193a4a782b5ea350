using System.Globalization;

namespace PolarGrid.Edge.Limits;

/// <summary>What a key may still send.</summary>
/// <param name="Limit">Requests of a minute.</param>
/// <param name="Remaining">Requests of this minute that are left.</param>
/// <param name="UntilNext">Until the next minute: more than zero, at most a minute of the clock, or two where it was set back over the minute's end.</param>
internal readonly record struct RequestStanding(int Limit, int Remaining, TimeSpan UntilNext)
{
    /// <summary>For <c>Retry-After</c>: 1 to 60, never too early; up to 120 after a clock was set back.</summary>
    public int RetryAfterSeconds => Math.Max(1, (int)Math.Ceiling(UntilNext.TotalSeconds));

    /// <summary>Until all requests are there again, as OpenAI writes durations: <c>9ms</c>, <c>1.5s</c>, <c>1m0s</c>; <c>0s</c> when none is used.</summary>
    public string Reset
    {
        get
        {
            if (Remaining == Limit) return "0s";
            var milliseconds = Math.Max(1, (long)Math.Ceiling(UntilNext.TotalMilliseconds));
            return milliseconds switch
            {
                < 1000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds}ms"),
                < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0:0.###}s"),
                _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 60_000}m{milliseconds % 60_000 / 1000.0:0.###}s"),
            };
        }
    }
}
