using System.Collections.Concurrent;

namespace PolarGrid.Edge.Limits;

/// <summary>
/// The windows of all keys. Only keys that exist come here; those that have been silent are forgotten when there are many, so memory is
/// bounded by the keys of one minute. Safe from any thread.
/// </summary>
internal sealed class RequestWindows(TimeProvider time)
{
    /// <summary>Above it, windows of past minutes go.</summary>
    private const int Many = 10_000;

    private readonly ConcurrentDictionary<string, RequestWindow> windows = new(StringComparer.Ordinal);

    public int Count => windows.Count;

    /// <summary>Takes one of the key's requests; false when it has had <paramref name="limit"/> of them in this minute.</summary>
    public bool TryTake(string keyId, int limit)
    {
        while (true)
        {
            var minute = Minute(time.GetUtcNow());
            var window = WindowOf(keyId, minute);
            if (window.TryTake(minute, limit)) return true;
            if (!window.IsRetired) return false;

            // Somebody clears away at this moment.
            windows.TryRemove(new(keyId, window));
        }
    }

    /// <summary>How a key stands at this moment.</summary>
    public RequestStanding Look(string keyId, int limit)
    {
        var now = time.GetUtcNow();
        var minute = Minute(now);
        (minute, var taken) = windows.TryGetValue(keyId, out var window) ? window.Look(minute) : (minute, 0);
        return new RequestStanding(limit, (int)Math.Max(0, limit - taken), DateTimeOffset.UnixEpoch.AddMinutes(minute + 1) - now);
    }

    private static long Minute(DateTimeOffset now) => (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMinute;

    private RequestWindow WindowOf(string keyId, long minute)
    {
        if (windows.TryGetValue(keyId, out var known)) return known;
        if (windows.Count >= Many)
        {
            foreach (var (id, window) in windows)
            {
                if (window.TryRetire(minute)) windows.TryRemove(new(id, window));
            }
        }

        return windows.GetOrAdd(keyId, static (_, now) => new RequestWindow(now), minute);
    }
}
