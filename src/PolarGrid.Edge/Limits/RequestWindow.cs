namespace PolarGrid.Edge.Limits;

/// <summary>
/// Counts one key's requests of the present minute: a fixed window that begins anew at each minute of the clock (spec section 13). Minute and
/// count share one number, so that taking needs no lock. Safe from any thread.
/// </summary>
/// <param name="minute">The present one, since 1970.</param>
internal sealed class RequestWindow(long minute)
{
    private const int CountBits = 32;
    private const long Retired = -1;

    private long state = minute << CountBits;

    /// <summary>Whether it counts nothing any more; the key needs a new one.</summary>
    public bool IsRetired => Volatile.Read(ref state) == Retired;

    /// <summary>Gives it up for good, unless it was made or used in <paramref name="minute"/> or later.</summary>
    public bool TryRetire(long minute)
    {
        var seen = Volatile.Read(ref state);
        return seen != Retired && seen >> CountBits < minute && Interlocked.CompareExchange(ref state, Retired, seen) == seen;
    }

    /// <summary>Takes one request; false, and nothing is counted, when the minute has had <paramref name="limit"/> of them or it is retired.</summary>
    /// <param name="minute">Of the clock, since 1970.</param>
    /// <param name="limit">At least 1.</param>
    public bool TryTake(long minute, int limit)
    {
        while (true)
        {
            var seen = Volatile.Read(ref state);
            if (seen == Retired) return false;
            var now = Present(seen, minute);
            var taken = CountIn(seen, now);
            if (taken >= limit) return false;
            if (Interlocked.CompareExchange(ref state, (now << CountBits) | (taken + 1), seen) == seen) return true;
        }
    }

    /// <summary>The minute that counts when the clock says <paramref name="minute"/>, and the requests that it has had.</summary>
    public (long Minute, long Taken) Look(long minute)
    {
        var seen = Volatile.Read(ref state);
        var now = Present(seen, minute);
        return (now, CountIn(seen, now));
    }

    /// <summary>A request that read the clock just before the minute ended belongs to the next one; a clock that was set back is believed.</summary>
    private static long Present(long state, long minute) => state >> CountBits == minute + 1 ? minute + 1 : minute;

    private static long CountIn(long state, long minute) => state >> CountBits == minute ? state & uint.MaxValue : 0;
}
