using System.Net;
using PolarGrid.Edge.Auth;
using PolarGrid.Edge.Tests.Hosting;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Edge.Tests.Accounting;

/// <summary><c>GET /v1/usage</c>. The clock says 2026-11-21.</summary>
public sealed class UsageApiTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new();
    private EdgeServer server = null!;

    public async Task InitializeAsync() => server = await EdgeServer.StartAsync(time: time);

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Shows_a_key_what_it_has_used_and_nothing_of_others()
    {
        using var other = server.NewClient(server.Keys.Create("other", KeyPermission.ReadOnly).Key);
        using (var answer = await server.ChatAsync()) answer.EnsureSuccessStatusCode();
        using (var answer = await server.ChatAsync("\"stream\":true")) await answer.Content.ReadAsStringAsync();
        using (var answer = await server.ChatAsync("\"temperature\":9")) answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using (var answer = await server.PostAsync("/v1/completions", """{"model":"test-model","prompt":"Once"}""")) answer.EnsureSuccessStatusCode();
        await new UsageTables(server).RecordsAsync(4);

        (await server.Client.GetStringAsync("/v1/usage")).ShouldBe(
            "{\"object\":\"usage.report\",\"from\":\"2026-10-23\",\"to\":\"2026-11-21\",\"data\":["
            + Day("null", "chat", 1, 1, 0, 0) + "," + Day("\"test-model\"", "chat", 2, 0, 14, 8) + "," + Day("\"test-model\"", "completion", 1, 0, 7, 4)
            + "],\"total\":" + Amounts(4, 1, 21, 12) + "}");
        using var own = await other.GetAsync("/v1/usage");
        (await own.JsonAsync()).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("?from=2026-11-21&to=2026-11-21", 1)]
    [InlineData("?from=2026-11-21", 1)]
    [InlineData("?to=2026-11-20", 0)]
    [InlineData("?to=2026-12-20", 1)]
    [InlineData("?to=2026-12-21", 0)]
    [InlineData("?from=2025-11-21&to=2026-11-21", 1)]
    [InlineData("?to=0001-01-01", 0)]
    public async Task Days_are_chosen_in_the_query(string query, int days)
    {
        using (var answer = await server.ChatAsync()) answer.EnsureSuccessStatusCode();
        await new UsageTables(server).RecordsAsync(1);

        using var shown = await server.Client.GetAsync("/v1/usage" + query);

        (await shown.JsonAsync()).GetProperty("data").GetArrayLength().ShouldBe(days);
    }

    [Theory]
    [InlineData("?from=yesterday", "from", "'from' is 'yesterday'; it must be a day such as 2026-11-21, in UTC.")]
    [InlineData("?to=2026-02-30", "to", "'to' is '2026-02-30'; it must be a day such as 2026-11-21, in UTC.")]
    [InlineData("?from=21.11.2026", "from", "'from' is '21.11.2026'; it must be a day such as 2026-11-21, in UTC.")]
    [InlineData("?from=2026-11-22", "from", "'from' is 2026-11-22, which is after 'to', 2026-11-21.")]
    [InlineData("?from=2025-11-20", "from", "'from' to 'to' are 367 days; ask for at most 366 at once.")]
    public async Task Days_that_are_none_are_refused(string query, string field, string message)
    {
        using var refused = await server.Client.GetAsync("/v1/usage" + query);

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = await refused.ErrorAsync();
        error.GetProperty("param").GetString().ShouldBe(field);
        error.GetProperty("message").GetString().ShouldBe(message);
    }

    [Fact]
    public async Task Days_end_at_midnight_in_UTC()
    {
        using (var answer = await server.ChatAsync()) answer.EnsureSuccessStatusCode();
        await new UsageTables(server).RecordsAsync(1);
        time.Advance(TimeSpan.FromDays(1));
        using (var answer = await server.ChatAsync()) answer.EnsureSuccessStatusCode();
        await new UsageTables(server).RecordsAsync(2);

        using var shown = await server.Client.GetAsync("/v1/usage");

        (await shown.JsonAsync()).GetProperty("data").EnumerateArray().Select(day => day.GetProperty("date").GetString()).ShouldBe(["2026-11-21", "2026-11-22"]);
    }

    private static string Day(string model, string kind, int requests, int failed, int prompt, int completion) =>
        $"{{\"date\":\"2026-11-21\",\"model\":{model},\"kind\":\"{kind}\",\"amounts\":{Amounts(requests, failed, prompt, completion)}}}";

    private static string Amounts(int requests, int failed, int prompt, int completion) =>
        $"{{\"requests\":{requests},\"failed_requests\":{failed},\"cancelled_requests\":0,\"prompt_tokens\":{prompt},\"cached_tokens\":0,"
        + $"\"completion_tokens\":{completion},\"reasoning_tokens\":0,\"input_characters\":0,\"output_audio_seconds\":0,\"input_audio_seconds\":0}}";
}
