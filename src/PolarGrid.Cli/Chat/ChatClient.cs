using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using PolarGrid.Cli.Calls;

namespace PolarGrid.Cli.Chat;

/// <summary>The two calls that a conversation needs. Both throw <see cref="ServerFailure"/> when the server refuses.</summary>
internal sealed class ChatClient(HttpClient http)
{
    /// <summary>The ids of the models for text that the server lists. A server of another make does not say what its models do.</summary>
    public async Task<IReadOnlyList<string>> ListModelsAsync(CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(HttpMethod.Get, "v1/models", null, cancellationToken);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return
        [
            .. body.RootElement.GetProperty("data").EnumerateArray()
                .Where(model => !model.TryGetProperty("task", out var task) || task.ValueEquals("text-generation"))
                .Select(model => model.GetProperty("id").GetString()!),
        ];
    }

    /// <summary>Streams the pieces of one answer.</summary>
    public async IAsyncEnumerable<string> StreamAsync(JsonObject request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var body = ServerCalls.Body(request);
        await foreach (var chunk in http.StreamAsync("v1/chat/completions", body, "The answer", cancellationToken))
        {
            var choices = chunk["choices"] as JsonArray ?? throw new JsonException("A chunk of the stream has no 'choices'.");
            foreach (var choice in choices)
            {
                if (choice?["delta"]?["content"]?.GetValue<string>() is { Length: > 0 } piece) yield return piece;
            }
        }
    }
}
