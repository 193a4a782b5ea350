using System.Runtime.InteropServices;

namespace PolarGrid.LoadBench.Reports;

/// <param name="LoadAverage">Of the last minute, when the run began: above the bench's own share someone else was busy.</param>
internal sealed record Machine(string Cpu, int Cores, string Os, string Runtime, double? LoadAverage)
{
    public static Machine Here() => new(
        CpuModel(),
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        Load());

    private static string CpuModel()
    {
        const string info = "/proc/cpuinfo";
        var lines = File.Exists(info) ? File.ReadLines(info) : [];
        var model = lines.FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return model is null ? RuntimeInformation.ProcessArchitecture.ToString() : model[(model.IndexOf(':') + 1)..].Trim();
    }

    private static double? Load()
    {
        const string load = "/proc/loadavg";
        return File.Exists(load) && double.TryParse(File.ReadAllText(load).Split(' ')[0], out var minute) ? minute : null;
    }
}
