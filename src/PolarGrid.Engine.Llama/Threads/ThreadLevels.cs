namespace PolarGrid.Engine.Llama.Threads;

/// <summary>The numbers of threads that are worth telling apart: few small ones, then steps of about a third, and one less than all.</summary>
internal static class ThreadLevels
{
    /// <returns>Ascending, from 1 to <paramref name="most"/>.</returns>
    public static int[] UpTo(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var levels = new SortedSet<int> { most };
        if (most > 1) levels.Add(most - 1);
        for (var level = 1; level < most; level = Math.Max(level + 1, level * 4 / 3)) levels.Add(level);
        return [.. levels];
    }
}
