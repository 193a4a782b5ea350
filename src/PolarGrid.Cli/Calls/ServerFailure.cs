using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PolarGrid.Cli.Calls;

/// <summary>The server said no; the message is what it said, and when to try again if it said that too.</summary>
internal sealed class ServerFailure(string message) : Exception(message)
{
    /// <param name="response">A refusal.</param>
    /// <param name="cancellationToken">Stops the reading of its body.</param>
    public static async Task<ServerFailure> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        var failure = Of(body, string.Create(CultureInfo.InvariantCulture, $"The server answered with status {(int)response.StatusCode}."));
        return response.Headers.RetryAfter?.Delta is { } wait
            ? new ServerFailure(string.Create(CultureInfo.InvariantCulture, $"{failure.Message} (Try again in {wait.TotalSeconds:0} s.)"))
            : failure;
    }

    /// <param name="body">OpenAI's error envelope; anything else comes from another server, or from something in between.</param>
    /// <param name="otherwise">Said where the body does not say it.</param>
    public static ServerFailure Of(string body, string otherwise)
    {
        try
        {
            return new ServerFailure(JsonNode.Parse(body)?["error"]?["message"]?.GetValue<string>() ?? otherwise);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return new ServerFailure(otherwise);
        }
    }
}
