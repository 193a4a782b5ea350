namespace PolarGrid.Edge.Limits;

/// <summary>
/// Counts one key's requests of the present minute: a fixed window that begins anew at each minute of the clock (spec section 13). Minute and
/// count share one number, so that taking needs no lock. Safe from any thread.
/// </summary>
internal sealed class RequestWindow
{
    private const int CountBits = 32;

    private long state;

    /// <summary>The minute of the last request, since 1970.</summary>
    public long Minute => Volatile.Read(ref state) >> CountBits;

    /// <summary>Takes one request; false, and nothing is counted, when the minute has had <paramref name="limit"/> of them.</summary>
    /// <param name="minute">Of the clock, since 1970.</param>
    /// <param name="limit">At least 1.</param>
    public bool TryTake(long minute, int limit)
    {
        while (true)
        {
            var seen = Volatile.Read(ref state);
            var now = Present(seen, minute);
            var taken = CountIn(seen, now);
            if (taken >= limit) return false;
            if (Interlocked.CompareExchange(ref state, (now << CountBits) | (taken + 1), seen) == seen) return true;
        }
    }

    /// <summary>Requests that the minute has had.</summary>
    public long Taken(long minute)
    {
        var seen = Volatile.Read(ref state);
        return CountIn(seen, Present(seen, minute));
    }

    /// <summary>A request that read the clock just before the minute ended belongs to the next one; a clock that was set back is believed.</summary>
    private static long Present(long state, long minute) => state >> CountBits == minute + 1 ? minute + 1 : minute;

    private static long CountIn(long state, long minute) => state >> CountBits == minute ? state & uint.MaxValue : 0;
}
