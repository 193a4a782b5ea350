using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using PolarGrid.Testing.OpenApi;

namespace PolarGrid.EndToEnd.Running;

/// <summary>Plain HTTP to a server, as curl does it.</summary>
internal sealed class Api : IDisposable
{
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(30);
    private readonly HttpClient http;

    public Api(Uri url, string? key)
    {
        http = new HttpClient(new AnswerCheckingHandler(new SocketsHttpHandler { UseProxy = false })) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(3) };
        if (key is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>A chat request: greedy, so that the same question gets the same answer.</summary>
    public static JsonObject Chat(string model, params (string Role, string Content)[] messages) => new()
    {
        ["model"] = model,
        ["messages"] = new JsonArray([.. messages.Select(message => (JsonNode)new JsonObject { ["role"] = message.Role, ["content"] = message.Content })]),
        ["temperature"] = 0,
        ["max_tokens"] = 24,
    };

    public static string Text(JsonNode answer) => (string?)answer["choices"]![0]!["message"]!["content"] ?? "";

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string path)
    {
        using var response = await http.GetAsync(path);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> SendAsync(string path, JsonObject body, HttpCompletionOption until, CancellationToken cancellationToken = default) =>
        http.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") },
            until,
            cancellationToken);

    public async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(string path, JsonObject body)
    {
        using var response = await SendAsync(path, body, HttpCompletionOption.ResponseContentRead);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>The answer to a chat request that must succeed.</summary>
    public async Task<JsonNode> ChatAsync(JsonObject request)
    {
        var (status, body) = await PostAsync("/v1/chat/completions", request);
        return status == HttpStatusCode.OK ? body : throw new HttpRequestException($"{(int)status}: {body.ToJsonString()}");
    }

    /// <summary>The data of each event of a streamed answer.</summary>
    public static async IAsyncEnumerable<string> EventsAsync(HttpResponseMessage response)
    {
        await using var stream = await response.Content.ReadAsStreamAsync();
        await foreach (var item in SseParser.Create(stream).EnumerateAsync()) yield return item.Data;
    }

    /// <summary>The sum over all label sets of one Prometheus metric.</summary>
    public async Task<double> MetricAsync(string name)
    {
        var (_, text) = await GetAsync("/metrics");
        return text.Split('\n')
            .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Asks again and again until nothing runs or waits; each answer of the server is the pause.</summary>
    public async Task WaitUntilIdleAsync()
    {
        using var limit = new CancellationTokenSource(IdleLimit);
        while (await MetricAsync("polargrid_model_running") + await MetricAsync("polargrid_model_waiting") > 0)
        {
            if (limit.IsCancellationRequested) throw new TimeoutException($"Something still runs or waits after {IdleLimit.TotalSeconds:0} s.");
        }
    }

    public void Dispose() => http.Dispose();
}
