using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PolarGrid.Cli.Chat;

/// <summary>The two calls that a conversation needs.</summary>
internal sealed class ChatClient(HttpClient http)
{
    /// <summary>The ids of the models for text that the server lists. A server of another make does not say what its models do.</summary>
    /// <exception cref="ServerFailure">The server refused.</exception>
    public async Task<IReadOnlyList<string>> ListModelsAsync(CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync("v1/models", cancellationToken);
        using var body = JsonDocument.Parse(await ReadAsync(response, cancellationToken));
        return
        [
            .. body.RootElement.GetProperty("data").EnumerateArray()
                .Where(model => !model.TryGetProperty("task", out var task) || task.ValueEquals("text-generation"))
                .Select(model => model.GetProperty("id").GetString()!),
        ];
    }

    /// <summary>Streams the pieces of one answer.</summary>
    /// <exception cref="ServerFailure">The server refused, or broke off.</exception>
    public async IAsyncEnumerable<string> StreamAsync(JsonObject request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions")
        {
            Content = new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode) throw ServerFailure.From(await response.Content.ReadAsStringAsync(cancellationToken), (int)response.StatusCode);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (item.Data == "[DONE]") yield break;
            using var chunk = JsonDocument.Parse(item.Data);
            if (chunk.RootElement.TryGetProperty("error", out _)) throw ServerFailure.From(item.Data, null);
            foreach (var choice in chunk.RootElement.GetProperty("choices").EnumerateArray())
            {
                if (choice.GetProperty("delta").TryGetProperty("content", out var content) && content.GetString() is { Length: > 0 } piece)
                {
                    yield return piece;
                }
            }
        }

        throw new ServerFailure("The answer broke off.");
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? body : throw ServerFailure.From(body, (int)response.StatusCode);
    }
}
