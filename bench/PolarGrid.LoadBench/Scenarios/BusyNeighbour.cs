using System.Diagnostics;

namespace PolarGrid.LoadBench.Scenarios;

/// <summary>A child process that keeps one core busy; it is this program's own hidden <c>spin</c> command.</summary>
internal sealed class BusyNeighbour : IAsyncDisposable
{
    private static readonly TimeSpan TimeToGetGoing = TimeSpan.FromMilliseconds(500);

    private readonly Process _process;

    private BusyNeighbour(Process process) => _process = process;

    public static BusyNeighbour Start(TimeSpan limit)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("The bench cannot find its own program.");
        var start = new ProcessStartInfo(program);
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") start.ArgumentList.Add(typeof(BusyNeighbour).Assembly.Location);
        start.ArgumentList.Add("spin");
        start.ArgumentList.Add("--seconds");
        start.ArgumentList.Add(((int)limit.TotalSeconds).ToString());
        var process = Process.Start(start) ?? throw new InvalidOperationException("The busy process did not start.");
        Thread.Sleep(TimeToGetGoing);
        return new BusyNeighbour(process);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
