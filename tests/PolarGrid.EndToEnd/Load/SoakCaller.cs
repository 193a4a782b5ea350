using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;

namespace PolarGrid.EndToEnd.Load;

/// <summary>How a caller takes its answers.</summary>
internal enum CallerKind
{
    Whole,
    Streamed,
    Leaving,
}

/// <summary>One caller of the soak: asks the same question again and again until the time is over.</summary>
internal sealed class SoakCaller(Api api, string marker, CallerKind kind)
{
    public CallerKind Kind => kind;

    public string Marker => marker;

    /// <summary>Different whole answers, in order of appearance.</summary>
    public List<string> Answers { get; } = [];

    /// <summary>All text that came, also of answers that were left.</summary>
    public List<string> Texts { get; } = [];

    public int Finished { get; private set; }

    public int Left { get; private set; }

    public int Refused { get; private set; }

    /// <summary>What should not have happened.</summary>
    public List<string> Faults { get; } = [];

    public JsonObject Request => Api.Chat(TestModel.Name, ("user", $"My number is {marker}. What is my number?"));

    public async Task RunAsync(Stopwatch clock, TimeSpan duration)
    {
        while (clock.Elapsed < duration && Faults.Count == 0)
        {
            var request = Request;
            if (kind != CallerKind.Whole) request["stream"] = true;
            using var response = await api.SendAsync("/v1/chat/completions", request, HttpCompletionOption.ResponseHeadersRead);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                await RefusedAsync(response);
            }
            else if (kind == CallerKind.Whole)
            {
                Keep(Api.Text(JsonNode.Parse(await response.Content.ReadAsStringAsync())!));
            }
            else
            {
                await ReadAsync(response);
            }
        }
    }

    private async Task ReadAsync(HttpResponseMessage response)
    {
        var text = new StringBuilder();
        await foreach (var data in Api.EventsAsync(response))
        {
            if (data == "[DONE]")
            {
                Keep(text.ToString());
                return;
            }

            var chunk = JsonNode.Parse(data)!;
            if (chunk["error"] is { } error) Faults.Add(error.ToJsonString());
            text.Append((string?)chunk["choices"]?.AsArray().FirstOrDefault()?["delta"]?["content"]);
            if (kind == CallerKind.Leaving && text.Length > 4)
            {
                Left++;
                Texts.Add(text.ToString());
                return;
            }
        }

        Faults.Add($"A stream ended without [DONE]: {text}");
    }

    private async Task RefusedAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable
            && body.Contains("queue_full", StringComparison.Ordinal)
            && response.Headers.RetryAfter?.Delta is { } delay)
        {
            Refused++;
            using var timer = new PeriodicTimer(delay);
            await timer.WaitForNextTickAsync();
            return;
        }

        Faults.Add($"{(int)response.StatusCode}: {body}");
    }

    private void Keep(string answer)
    {
        Finished++;
        Texts.Add(answer);
        if (!Answers.Contains(answer)) Answers.Add(answer);
    }
}
