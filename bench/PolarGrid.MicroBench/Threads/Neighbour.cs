using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PolarGrid.MicroBench.Threads;

/// <summary>Another process that keeps one processor busy while it is let.</summary>
internal sealed partial class Neighbour : IDisposable
{
    private const int SigCont = 18;
    private const int SigStop = 19;

    private readonly Process process;

    public Neighbour()
    {
        // The same runtime and assembly again, with another argument.
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(Neighbour).Assembly.Location);
        start.ArgumentList.Add("spin");
        process = Process.Start(start) ?? throw new InvalidOperationException("The neighbour did not start.");
        while (process.TotalProcessorTime < TimeSpan.FromMilliseconds(150))
        {
            Thread.Yield();
            process.Refresh();
        }
    }

    public static int Spin()
    {
        var number = 1UL;
        while (true)
        {
            for (var i = 0; i < 1_000_000; i++) number = (number * 6364136223846793005) + 1442695040888963407;
            if (number == 0) return 0;
        }
    }

    public void Rest() => Signal(SigStop);

    public void Work() => Signal(SigCont);

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private void Signal(int signal)
    {
        if (Kill(process.Id, signal) != 0) throw new InvalidOperationException("The neighbour cannot be signalled.");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
