using System.Diagnostics;
using System.Globalization;

namespace PolarGrid.LoadBench.Reports;

/// <summary>
/// What everybody else on the machine took of its processors while something was measured: more than a few per cent, and the figures are
/// theirs as much as ours. Linux only.
/// </summary>
internal sealed class OtherProcesses
{
    private readonly int[] _measured;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly (double All, double Measured)? _before;

    /// <param name="measured">Processes that belong to the measurement; this one and what it starts and waits for do too.</param>
    public OtherProcesses(params int[] measured)
    {
        _measured = [Environment.ProcessId, .. measured];
        _before = Read();
    }

    /// <summary>Of all processors since this was made, 0 to 1; null where nobody says.</summary>
    public double? Share()
    {
        if (_before is not { } before || Read() is not { } now) return null;
        var seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds * Environment.ProcessorCount;
        return Math.Clamp((now.All - before.All - (now.Measured - before.Measured)) / seconds, 0, 1);
    }

    /// <summary>A line of a report; none where the share is not known.</summary>
    public static string? Line(double? share) =>
        share is { } known ? $"Other processes took {(known * 100).ToString("F0", CultureInfo.InvariantCulture)} % of the processors meanwhile." : null;

    /// <summary>Seconds of processor time since the machine and the processes started.</summary>
    private (double All, double Measured)? Read()
    {
        const double TicksPerSecond = 100;
        if (!OperatingSystem.IsLinux()) return null;

        // user, nice, system, idle, iowait, irq, softirq.
        var all = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..8].Select(Number).ToArray();
        return ((all.Sum() - all[3] - all[4]) / TicksPerSecond, _measured.Sum(Ticks) / TicksPerSecond);
    }

    /// <summary>User and system time of a process and of its children that have ended.</summary>
    private static double Ticks(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[11..15].Sum(Number);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
