using System.Net;
using System.Text;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Limits;

/// <summary>Requests per minute over HTTP, on a clock that the test moves. It begins 0.123456 s behind a full minute.</summary>
public sealed class RateGuardTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new();
    private EdgeServer server = null!;

    public async Task InitializeAsync() => server = await EdgeServer.StartAsync(options => options.Limits.RequestsPerMinute = 2, time);

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task One_request_too_many_is_refused_until_the_next_minute_begins()
    {
        (await server.ChatAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
        time.Advance(TimeSpan.FromSeconds(47));
        (await server.ChatAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var refused = await server.ChatAsync();

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(13));
        time.Advance(TimeSpan.FromSeconds(12.8));
        (await server.ChatAsync()).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        time.Advance(TimeSpan.FromSeconds(0.1));
        (await server.ChatAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Every_answer_says_how_the_key_stands()
    {
        using var whole = await server.ChatAsync();
        using var streamed = await server.ChatAsync("\"stream\":true");
        using var refused = await server.ChatAsync();
        time.Advance(TimeSpan.FromSeconds(59.9));
        using var malformed = await server.ChatAsync("\"temperature\":9");

        Standing(whole).ShouldBe(["2", "1", "59.877s"]);
        Standing(streamed).ShouldBe(["2", "0", "59.877s"]);
        Standing(refused).ShouldBe(["2", "0", "59.877s"]);
        Standing(malformed).ShouldBe(["2", "1", "59.977s"]);
        malformed.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("polargrid", false)]
    [InlineData("openai", false)]
    [InlineData("grid", true)]
    public async Task The_refusal_has_the_body_of_the_profile(string profile, bool nests)
    {
        await UseUpAsync();

        using var refused = await server.ChatAsync(profile: profile);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        var body = await refused.JsonAsync();
        const string Message = "Rate limit exceeded: this key may send 2 requests a minute. The next minute begins in 60 s.";
        var error = body.GetProperty("error");
        error.GetProperty("message").GetString().ShouldBe(Message);
        error.GetProperty("type").GetString().ShouldBe("rate_limit_error");
        error.GetProperty("code").GetString().ShouldBe("rate_limit_exceeded");
        body.GetProperty("detail").GetString().ShouldBe(Message);
        body.TryGetProperty("errors", out var nested).ShouldBe(nests);
        if (nests) nested.GetProperty("detail").GetString().ShouldBe(Message);
    }

    [Theory]
    [InlineData("POST", "/v1/chat/completions")]
    [InlineData("POST", "/v1/completions")]
    [InlineData("POST", "/v1/embeddings")]
    [InlineData("POST", "/v1/audio/speech")]
    [InlineData("POST", "/v1/audio/transcriptions")]
    [InlineData("POST", "/v1/audio/translations")]
    [InlineData("GET", "/v1/audio/transcriptions/live")]
    public async Task Inference_counts(string method, string path)
    {
        using var first = await SendAsync(method, path);
        using var second = await SendAsync(method, path);
        using var third = await SendAsync(method, path);

        first.StatusCode.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.UpgradeRequired, HttpStatusCode.NotFound, HttpStatusCode.UnsupportedMediaType);
        Standing(second).ShouldBe(["2", "0", "59.877s"]);
        third.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("GET", "/v1/models")]
    [InlineData("GET", "/v1/models/test-model")]
    [InlineData("GET", "/v1/audio/voices")]
    [InlineData("GET", "/v1/audio/transcriptions?job_id=none")]
    [InlineData("GET", "/health")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/openapi.json")]
    [InlineData("GET", "/v1/nothing")]
    [InlineData("DELETE", "/v1/chat/completions")]
    public async Task Nothing_else_counts_or_is_refused(string method, string path)
    {
        using (var seen = await SendAsync(method, path)) seen.Headers.Contains("x-ratelimit-limit-requests").ShouldBeFalse();
        await UseUpAsync();

        using var after = await SendAsync(method, path);

        after.StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_stranger_uses_up_nobodys_requests()
    {
        using var stranger = server.NewClient("pg_this_key_is_unknown_here");
        for (var count = 0; count < 5; count++)
        {
            using var refused = await stranger.PostAsync("/v1/chat/completions", Json(EdgeServer.ChatBody()));
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            refused.Headers.Contains("x-ratelimit-limit-requests").ShouldBeFalse();
        }

        Standing(await server.ChatAsync()).ShouldBe(["2", "1", "59.877s"]);
    }

    [Fact]
    public async Task A_keys_own_limit_goes_before_the_servers()
    {
        var own = server.Keys.Create("slow", KeyPermission.ReadOnly, requestsPerMinute: 1);
        using var slow = server.NewClient(own.Key);
        using var free = server.NewClient(server.Keys.Create("free", KeyPermission.ReadOnly, requestsPerMinute: 0).Key);

        (await StatusesAsync(slow, 2)).ShouldBe([200, 429]);
        (await StatusesAsync(free, 4)).ShouldBe([200, 200, 200, 200]);
        (await StatusesAsync(server.Client, 3)).ShouldBe([200, 200, 429]);

        server.Keys.LimitRequests(own.Info.Id, 3).ShouldBeTrue();
        (await StatusesAsync(slow, 3)).ShouldBe([200, 200, 429]);
        server.Keys.LimitRequests(own.Info.Id, null).ShouldBeTrue();
        (await StatusesAsync(slow, 1)).ShouldBe([429]);
        server.Keys.LimitRequests(own.Info.Id, 0).ShouldBeTrue();
        (await StatusesAsync(slow, 2)).ShouldBe([200, 200]);
    }

    [Fact]
    public async Task Without_a_limit_nothing_is_refused_and_no_answer_tells_of_one()
    {
        await using var open = await EdgeServer.StartAsync(time: time);

        for (var count = 0; count < 150; count++)
        {
            using var answer = await open.ChatAsync();
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Headers.Contains("x-ratelimit-limit-requests").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Many_callers_at_once_get_exactly_what_there_is()
    {
        await using var busy = await EdgeServer.StartAsync(options => options.Limits.RequestsPerMinute = 100, time);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 130).Select(async _ =>
        {
            using var answer = await busy.ChatAsync();
            return (int)answer.StatusCode;
        }));

        statuses.Count(status => status == 200).ShouldBe(100);
        statuses.Count(status => status == 429).ShouldBe(30);
        (await busy.Client.GetStringAsync("/metrics")).Split('\n').ShouldContain("polargrid_edge_rate_limited_total 30");
    }

    [Fact]
    public async Task A_refused_request_does_not_reach_the_engine_and_its_body_is_not_read()
    {
        await UseUpAsync();

        using var refused = await server.PostAsync("/v1/chat/completions", "this is no JSON");

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        server.Engine.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_document_tells_of_it_where_it_counts()
    {
        using var document = await server.Client.GetAsync("/openapi.json");
        var paths = (await document.JsonAsync()).GetProperty("paths");

        var chat = paths.GetProperty("/v1/chat/completions").GetProperty("post").GetProperty("responses").GetProperty("429");
        chat.GetProperty("headers").EnumerateObject().Select(header => header.Name)
            .ShouldBe(["Retry-After", "x-ratelimit-limit-requests", "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"]);
        paths.GetProperty("/v1/models").GetProperty("get").GetProperty("responses").TryGetProperty("429", out _).ShouldBeFalse();
    }

    private async Task UseUpAsync() => (await StatusesAsync(server.Client, 2)).ShouldBe([200, 200]);

    private static async Task<List<int>> StatusesAsync(HttpClient client, int requests)
    {
        var statuses = new List<int>();
        for (var count = 0; count < requests; count++)
        {
            using var answer = await client.PostAsync("/v1/chat/completions", Json(EdgeServer.ChatBody()));
            statuses.Add((int)answer.StatusCode);
        }

        return statuses;
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path) =>
        server.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? Json("{}") : null });

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static string[] Standing(HttpResponseMessage answer) =>
    [
        .. new[] { "limit", "remaining", "reset" }.Select(part => answer.Headers.GetValues($"x-ratelimit-{part}-requests").Single()),
    ];
}
