using System.Diagnostics;

namespace PolarGrid.Engine.Classic.Tests;

/// <summary>Finds leaks of native memory, which the runtime does not see.</summary>
internal static class ResidentMemory
{
    /// <summary>Does the work, and does it as often again when caches are filled.</summary>
    /// <returns>MiB by which the second half made the process larger.</returns>
    public static double GrowthOf(int rounds, Action work)
    {
        for (var i = 0; i < rounds; i++) work();
        var before = Resident();
        for (var i = 0; i < rounds; i++) work();
        return (Resident() - before) / (1024.0 * 1024);
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
