namespace PolarGrid.Engine.Llama.Threads;

/// <summary>Measures what passes over few rows take: several rounds over the widths, the best of each, within a bound on time.</summary>
/// <param name="timeProvider">For the bound.</param>
/// <param name="most">Most rows that a pass can have.</param>
/// <param name="pass">Runs a pass over so many rows and tells its duration; null when it failed.</param>
internal sealed class PassMeasurement(TimeProvider timeProvider, int most, Func<int, double?> pass)
{
    /// <summary>Wider passes are not measured.</summary>
    public const int MostRows = 32;

    private const int Rounds = 3;

    // The first ones say the most; they are measured however long it takes. Whole blocks of rows are often quicker than a few less.
    private const int Needed = 3;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1.2);
    private static readonly int[] Widths = [1, 16, 8, 4, 2, 32, 12, 24, 6, 20, 10, 14, 3, 17, 15, 28, 5, 7, 9, 11, 13];

    /// <returns>Rows and the duration of their pass, ascending by rows; null when a pass failed.</returns>
    public IReadOnlyList<(int Rows, double Duration)>? Run()
    {
        var best = new SortedDictionary<int, double>();
        var started = timeProvider.GetTimestamp();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var width in Widths)
            {
                if (width > most) continue;
                if (best.Count >= Needed && timeProvider.GetElapsedTime(started) > Budget) return List(best);
                if (pass(width) is not { } duration) return null;
                best[width] = Math.Min(duration, best.GetValueOrDefault(width, double.MaxValue));
            }
        }

        return List(best);
    }

    private static List<(int Rows, double Duration)> List(SortedDictionary<int, double> best) => [.. best.Select(pair => (pair.Key, pair.Value))];
}
