using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;

namespace PolarGrid.EndToEnd.Callers;

/// <summary>One run of a Node script against the server; each test of a class looks at a part of what it saw.</summary>
/// <param name="script">In the folder of the scripts.</param>
public abstract class ScriptRun(string script)
{
    private Task<JsonNode>? seen;

    /// <param name="fixture">Whose server the script talks to.</param>
    /// <param name="part">The name under which the script printed it.</param>
    internal async Task<JsonNode> SeenAsync(ServerFixture fixture, string part) =>
        (await (seen ??= NodeClient.RunAsync(script, UrlOf(fixture), ServerFixture.Key)))[part]!;

    /// <summary>By way of the proxy that checks every answer, unless a run says otherwise.</summary>
    private protected virtual Uri UrlOf(ServerFixture fixture) => fixture.CheckedUrl;
}
