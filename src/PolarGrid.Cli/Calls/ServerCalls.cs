using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PolarGrid.Cli.Calls;

/// <summary>What all commands that talk to a server share: sending, streams, and one line for whatever goes wrong.</summary>
internal static class ServerCalls
{
    /// <summary>Runs a command's work; what may go wrong on the way to a server and back is printed as one line.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<Task<int>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (Explain(failure, cancellationToken) is { } line)
        {
            return Terminal.Fail(line);
        }
    }

    /// <returns>One line for people; null for what is a mistake of ours.</returns>
    public static string? Explain(Exception failure, CancellationToken cancellationToken) => failure switch
    {
        ServerFailure or HttpRequestException or IOException or UnauthorizedAccessException => failure.Message,
        JsonException or InvalidOperationException or KeyNotFoundException => $"What answers there does not speak OpenAI's API: {failure.Message}",
        OperationCanceledException when cancellationToken.IsCancellationRequested => "stopped.",
        _ => null,
    };

    /// <summary>Returns when the headers of a success are there; the caller disposes the answer.</summary>
    /// <exception cref="ServerFailure">The server refused.</exception>
    public static async Task<HttpResponseMessage> SendAsync(this HttpClient http, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(method, path) { Content = content };
        var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode) return response;
        using (response) throw await ServerFailure.OfAsync(response, cancellationToken);
    }

    /// <summary>The events of a stream, up to <c>[DONE]</c>.</summary>
    /// <param name="http">To the server.</param>
    /// <param name="path">To post to.</param>
    /// <param name="content">The request's body.</param>
    /// <param name="what">That is streamed: begins the sentence on a stream that ends too early.</param>
    /// <param name="cancellationToken">Leaves the stream.</param>
    /// <exception cref="ServerFailure">The server refused, sent an error, or broke off.</exception>
    public static async IAsyncEnumerable<JsonNode> StreamAsync(
        this HttpClient http, string path, HttpContent content, string what, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(HttpMethod.Post, path, content, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (item.Data == "[DONE]") yield break;
            var data = JsonNode.Parse(item.Data) ?? throw new JsonException("An event of the stream is null.");
            if (data["error"] is not null) throw ServerFailure.Of(item.Data, "The server sent an error that says nothing.");
            yield return data;
        }

        throw new ServerFailure($"{what} broke off.");
    }

    public static StringContent Body(JsonObject request) => new(request.ToJsonString(), Encoding.UTF8, "application/json");
}
