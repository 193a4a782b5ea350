using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PolarGrid.Cli;

/// <summary>The server said no; the message is what it said.</summary>
internal sealed class ServerFailure(string message) : Exception(message)
{
    public static ServerFailure From(string body, int? status)
    {
        string? said = null;
        try
        {
            said = JsonNode.Parse(body)?["error"]?["message"]?.GetValue<string>();
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Not our server, or something in between: the status says what there is to say.
        }

        return new ServerFailure(said ?? $"The server answered with status {status?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}.");
    }
}
