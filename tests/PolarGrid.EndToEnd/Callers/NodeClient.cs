using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;

namespace PolarGrid.EndToEnd.Callers;

/// <summary>OpenAI's <c>openai</c> npm package, driven by a script that prints what it saw as JSON.</summary>
internal static class NodeClient
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly string? Folder = FindFolder();

    /// <summary>Why it cannot run, or null.</summary>
    public static string? Missing =>
        Folder is null ? "clients/node is not above the test assembly."
        : Directory.Exists(Path.Combine(Folder, "node_modules", "openai")) ? null
        : "The openai npm package is missing: run 'npm ci --ignore-scripts' in tests/PolarGrid.EndToEnd/clients/node (./test.sh does it).";

    public static async Task<JsonNode> RunAsync(Uri server, string key)
    {
        var environment = new Dictionary<string, string?>
        {
            ["POLARGRID_URL"] = server.GetLeftPart(UriPartial.Authority),
            [PolarGridCommand.KeyVariable] = key,
            ["POLARGRID_MODEL"] = TestModel.Name,
        };
        await using var process = ChildProcess.Start("node", [Path.Combine(Folder!, "checks.mjs")], environment);
        var code = await process.WaitForEndAsync(Limit);
        return code == 0
            ? JsonNode.Parse(process.Output)!
            : throw new InvalidOperationException($"checks.mjs ended with {code}:\n{process.Output}\n{process.Error}");
    }

    private static string? FindFolder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "clients", "node");
            if (File.Exists(Path.Combine(candidate, "checks.mjs"))) return candidate;
        }

        return null;
    }
}

/// <summary>A test that needs a model and the npm package; skipped with a sentence when one is missing.</summary>
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = TestModel.Missing ?? NodeClient.Missing;
}
