namespace PolarGrid.EndToEnd.Running;

/// <summary>A real server as a child process, on a loopback port that the system chose.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Listening = "PolarGrid listens on ";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly ChildProcess process;

    private ServerProcess(ChildProcess process, Uri url)
    {
        this.process = process;
        Url = url;
    }

    /// <summary>Without a path.</summary>
    public Uri Url { get; }

    /// <summary>Everything that it printed so far, log lines included.</summary>
    public string Output => process.Output;

    public string Error => process.Error;

    public long ResidentBytes => process.ResidentBytes();

    /// <param name="home">The data folder.</param>
    /// <param name="key">The bootstrap key, or null for none.</param>
    /// <param name="arguments">For <c>up</c>.</param>
    public static async Task<ServerProcess> StartAsync(string home, string? key, params string[] arguments)
    {
        var process = PolarGridCommand.Start(
            ["up", "--urls", "http://127.0.0.1:0", .. arguments], PolarGridCommand.Environment(home, key), Listening);
        try
        {
            var line = await process.AwaitLineAsync(StartLimit);
            return new ServerProcess(process, new Uri(line[Listening.Length..]));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks it to stop.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> StopAsync() => process.StopAsync();

    /// <summary>Ends it as a crash does.</summary>
    public Task KillAsync() => process.KillAsync();

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
