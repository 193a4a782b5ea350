using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PolarGrid.Cli.Chat;

/// <summary>The two calls that a conversation needs.</summary>
internal sealed class ChatClient : IDisposable
{
    private readonly HttpClient http;

    public ChatClient(Uri server, string key)
    {
        http = new HttpClient { BaseAddress = new Uri(server.AbsoluteUri.TrimEnd('/') + "/"), Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>The ids of the models that the server lists.</summary>
    /// <exception cref="ChatFailure">The server refused.</exception>
    public async Task<IReadOnlyList<string>> ListModelsAsync(CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync("v1/models", cancellationToken);
        using var body = JsonDocument.Parse(await ReadAsync(response, cancellationToken));
        return [.. body.RootElement.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()!)];
    }

    /// <summary>Streams the pieces of one answer.</summary>
    /// <exception cref="ChatFailure">The server refused, or broke off.</exception>
    public async IAsyncEnumerable<string> StreamAsync(JsonObject request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions")
        {
            Content = new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode) throw ChatFailure.From(await response.Content.ReadAsStringAsync(cancellationToken), (int)response.StatusCode);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (item.Data == "[DONE]") yield break;
            using var chunk = JsonDocument.Parse(item.Data);
            if (chunk.RootElement.TryGetProperty("error", out _)) throw ChatFailure.From(item.Data, null);
            foreach (var choice in chunk.RootElement.GetProperty("choices").EnumerateArray())
            {
                if (choice.GetProperty("delta").TryGetProperty("content", out var content) && content.GetString() is { Length: > 0 } piece)
                {
                    yield return piece;
                }
            }
        }

        throw new ChatFailure("The answer broke off.");
    }

    public void Dispose() => http.Dispose();

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? body : throw ChatFailure.From(body, (int)response.StatusCode);
    }
}

/// <summary>The server said no; the message is what it said.</summary>
internal sealed class ChatFailure(string message) : Exception(message)
{
    public static ChatFailure From(string body, int? status)
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

        return new ChatFailure(said ?? $"The server answered with status {status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"}.");
    }
}
