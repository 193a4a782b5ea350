namespace PolarGrid.EndToEnd.Running;

/// <summary>What a run of the <c>polargrid</c> command printed.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The built <c>polargrid</c> command, which lies beside the test assembly.</summary>
internal static class PolarGridCommand
{
    public const string HomeVariable = "POLARGRID_HOME", BootstrapVariable = "POLARGRID_BOOTSTRAP_KEY", KeyVariable = "POLARGRID_API_KEY";

    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "polargrid.dll");
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <param name="home">The data folder.</param>
    /// <param name="key">The bootstrap key, or null for none.</param>
    public static Dictionary<string, string?> Environment(string home, string? key) => new()
    {
        [HomeVariable] = home, [BootstrapVariable] = key, [KeyVariable] = null, ["DOTNET_gcServer"] = null,
    };

    public static ChildProcess Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, string? awaitedStart = null) =>
        ChildProcess.Start("dotnet", [Assembly, .. arguments], environment, awaitedStart);

    /// <summary>Runs a command to its end.</summary>
    public static async Task<CommandResult> RunAsync(string home, string? key, params string[] arguments)
    {
        await using var process = Start(arguments, Environment(home, key));
        var code = await process.WaitForEndAsync(Limit);
        return new CommandResult(code, process.Output, process.Error);
    }
}
