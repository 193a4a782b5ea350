namespace PolarGrid.EndToEnd.Load;

/// <summary>
/// A number of eight digits for each caller. Any two differ in at least four digits, so that a small model that miscopies its own
/// never writes another one's.
/// </summary>
internal static class Marker
{
    private const int Digits = 8, LeastDifference = 4;

    public static string[] Make(int count)
    {
        var random = new Random(200);
        var made = new List<string>(count);
        while (made.Count < count)
        {
            var next = random.Next(10_000_000, 100_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (made.TrueForAll(other => Difference(other, next) >= LeastDifference)) made.Add(next);
        }

        return [.. made];
    }

    /// <summary>The first marker of another caller in the text, or null.</summary>
    public static string? FindForeign(string text, string own, IReadOnlySet<string> all)
    {
        for (var start = 0; start + Digits <= text.Length; start++)
        {
            var part = text.Substring(start, Digits);
            if (part != own && all.Contains(part)) return part;
        }

        return null;
    }

    private static int Difference(string one, string other) => one.Zip(other).Count(pair => pair.First != pair.Second);
}
