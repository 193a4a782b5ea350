namespace PolarGrid.MicroBench;

/// <summary>Processor time of this process: on a machine that others use too it says more than the clock on the wall.</summary>
internal static class CpuTime
{
    /// <summary>Microseconds of processor time per call: the median of several rounds.</summary>
    public static double PerCall(int calls, Action call)
    {
        call();
        var rounds = new List<double>();
        for (var round = 0; round < 7; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < calls; i++) call();
            rounds.Add((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / calls);
        }

        return rounds.Order().ElementAt(rounds.Count / 2);
    }
}
