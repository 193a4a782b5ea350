using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using PolarGrid.Testing;

namespace PolarGrid.EndToEnd.Callers;

/// <summary>Clients from npm, each driven by a script that prints what it saw as JSON.</summary>
internal static class NodeClient
{
    private const string InRepository = "tests/PolarGrid.EndToEnd/clients/node";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly string[] Packages = ["openai", "ai", "@ai-sdk/openai-compatible", "@langchain/openai"];
    private static readonly string Folder = SourceTree.At(InRepository);

    /// <summary>Why it cannot run, or null.</summary>
    public static string? Missing => NodeInstall.WhyMissing(InRepository, Packages);

    /// <param name="script">In the folder of the scripts.</param>
    /// <param name="server">Whose model answers.</param>
    /// <param name="key">For all servers.</param>
    public static async Task<JsonNode> RunAsync(string script, Uri server, string key)
    {
        await using var busy = await BusyServer.StartAsync(key);
        await using var busyProxy = await CheckingProxy.StartAsync(busy.Url);
        await using var limited = await LimitedServer.StartAsync(key);
        await using var limitedProxy = await CheckingProxy.StartAsync(limited.Url);
        var environment = new Dictionary<string, string?>
        {
            ["POLARGRID_URL"] = server.GetLeftPart(UriPartial.Authority),
            [PolarGridCommand.KeyVariable] = key,
            ["POLARGRID_MODEL"] = TestModel.Name,
            ["POLARGRID_BUSY_URL"] = busyProxy.Url.GetLeftPart(UriPartial.Authority),
            ["POLARGRID_LIMITED_URL"] = limitedProxy.Url.GetLeftPart(UriPartial.Authority),
        };
        await using var process = ChildProcess.Start("node", [Path.Combine(Folder, script)], environment);
        var code = await process.WaitForEndAsync(Limit);
        return code == 0
            ? JsonNode.Parse(process.Output)!
            : throw new InvalidOperationException($"{script} ended with {code}:\n{process.Output}\n{process.Error}");
    }

    /// <summary>Runs a module that needs nothing but the packages.</summary>
    /// <returns>What it wrote.</returns>
    public static async Task<string> RunCodeAsync(string code)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "node_modules"), Path.Combine(Folder, "node_modules"));
        var module = Path.Combine(folder.Path, "sample.mjs");
        await File.WriteAllTextAsync(module, code);
        await using var process = ChildProcess.Start("node", [module], new Dictionary<string, string?>());
        return await process.WaitForEndAsync(Limit) == 0
            ? process.Output
            : throw new InvalidOperationException($"{process.Output}\n{process.Error}\n{code}");
    }
}

/// <summary>A test that needs a model and the npm package; skipped with a sentence when one is missing.</summary>
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = TestModel.Missing ?? NodeClient.Missing;
}
