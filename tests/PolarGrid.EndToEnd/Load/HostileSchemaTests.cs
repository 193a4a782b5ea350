using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using PolarGrid.Testing.OpenApi;
using PolarGrid.Testing.Schemas;
using Shouldly;
using Xunit.Abstractions;

namespace PolarGrid.EndToEnd.Load;

/// <summary>
/// Schemas that are meant to do harm, sent to a real server with a real model while a neighbour reads a stream. POLARGRID_HOSTILE=10000
/// sends that many.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class HostileSchemaTests(ServerFixture fixture, ITestOutputHelper output)
{
    private const int AnswerTokens = 8, Tries = 4;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1), LongestGap = TimeSpan.FromMilliseconds(400);

    [ModelFact]
    public async Task Every_hostile_schema_gets_an_answer_or_a_refusal_within_a_second_and_no_neighbour_notices()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("POLARGRID_HOSTILE") ?? "90", CultureInfo.InvariantCulture);
        using var http = new HttpClient(new AnswerCheckingHandler(new SocketsHttpHandler { UseProxy = false })) { BaseAddress = fixture.Server.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ServerFixture.Key);

        // The neighbour's waits are to be the server's: checking answers keeps threads of this process busy, for a second at the first one.
        ThreadPool.SetMinThreads(Environment.ProcessorCount + 4, Environment.ProcessorCount + 4);
        using var enough = new CancellationTokenSource();
        var neighbour = new NeighbourStream(fixture.Api);
        var reading = neighbour.ReadAsync(enough.Token);

        var (answered, refused, ended) = (0, 0, 0);
        var times = new List<(TimeSpan Took, int Seed)>();
        var gaps = new List<(TimeSpan Took, int Seed)>();
        for (var seed = 0; seed < count; seed++)
        {
            var (took, status, body) = await SendAsync(http, seed);
            var gap = neighbour.TakeLongestGap();

            // What takes long every time is the schema's fault; once may be that of a busy machine.
            for (var again = 1; again < Tries && (took > Longest || gap > LongestGap); again++)
            {
                (took, status, body) = await SendAsync(http, seed);
                gap = neighbour.TakeLongestGap();
            }

            took.ShouldBeLessThan(Longest, $"seed {seed}: {(int)status}");
            gap.ShouldBeLessThan(LongestGap, $"the neighbour's beside seed {seed}");
            times.Add((took, seed));
            gaps.Add((gap, seed));
            if (status == HttpStatusCode.BadRequest) refused++;
            else if (Check(seed, status, body)) ended++;
            if (status == HttpStatusCode.OK) answered++;
        }

        await enough.CancelAsync();
        await reading;
        await fixture.Api.WaitUntilIdleAsync();
        (await fixture.Api.GetAsync("/health")).Status.ShouldBe(HttpStatusCode.OK);
        Api.Text(await fixture.Api.ChatAsync(Api.Chat(TestModel.Name, ("user", "Hello")))).ShouldNotBeNullOrWhiteSpace();

        output.WriteLine($"{count} schemas: {refused} refused, {answered} answered, {ended} of them to the end; slowest {Longest5(times)}");
        output.WriteLine($"neighbour: {neighbour.Answers} answers, longest gaps {Longest5(gaps)}");
        (answered + refused).ShouldBe(count);
        answered.ShouldBeGreaterThan(count / 5);
        refused.ShouldBeGreaterThan(count / 8);
    }

    private static string Longest5(List<(TimeSpan Took, int Seed)> times) =>
        string.Join(", ", times.OrderDescending().Take(5).Select(time => $"{time.Took.TotalMilliseconds:F0} ms (seed {time.Seed})"));

    /// <summary>Asks for a body of that form, for a call with such arguments, or for a stream.</summary>
    private static async Task<(TimeSpan Took, HttpStatusCode Status, string Body)> SendAsync(HttpClient http, int seed)
    {
        var schema = HostileSchema.Make(seed);
        var wanted = (seed / 20 % 3) switch
        {
            0 => $$$"""
                "response_format":{"type":"json_schema","json_schema":{"name":"x","strict":true,"schema":{{{schema}}}}}
                """,
            1 => $$$"""
                "stream":true,"response_format":{"type":"json_schema","json_schema":{"name":"x","schema":{{{schema}}}}}
                """,
            _ => $$$"""
                "tool_choice":"required","tools":[{"type":"function","function":{"name":"f","parameters":{{{schema}}}}}]
                """,
        };
        var body = $$"""
            {"model":"{{TestModel.Name}}","max_tokens":{{AnswerTokens}},"seed":{{seed}},"messages":[{"role":"user","content":"Hi"}],{{wanted}}}
            """;
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var watch = Stopwatch.StartNew();
        using var response = await http.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), content);
        return (watch.Elapsed, response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <returns>Whether the answer came to its own end; what it wrote is JSON then.</returns>
    private static bool Check(int seed, HttpStatusCode status, string body)
    {
        status.ShouldBe(HttpStatusCode.OK, $"seed {seed}: {body[..Math.Min(300, body.Length)]}");
        if (!body.StartsWith('{'))
        {
            // Following a grammar may turn out to be too much work in the middle: then the stream says so.
            (body.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal) || body.Contains("invalid_json_schema", StringComparison.Ordinal)).ShouldBeTrue(body);
            return false;
        }

        var choice = JsonNode.Parse(body)!["choices"]![0]!;
        var reason = (string?)choice["finish_reason"];
        if (reason == "length") return false;
        reason.ShouldBeOneOf("stop", "tool_calls");
        var text = reason == "stop" ? (string?)choice["message"]!["content"] : (string?)choice["message"]!["tool_calls"]![0]!["function"]!["arguments"];
        Should.NotThrow(() => JsonDocument.Parse(text!, new JsonDocumentOptions { MaxDepth = 1024 }).Dispose(), $"seed {seed}: {text}");
        return true;
    }
}
