using System.Net;
using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.EndToEnd.Commands;

/// <summary>What outlives a server.</summary>
public sealed class RestartTests
{
    private const string Announced = "Your API key, shown this once:";

    [ModelFact]
    public async Task A_first_start_makes_a_key_and_shows_it_once_and_it_works_after_a_restart()
    {
        using var home = new TemporaryFolder();
        string key;
        await using (var first = await ServerProcess.StartAsync(home.Path, null, TestModel.Arguments))
        {
            await AnswersAsync(first.Url, null, HttpStatusCode.Unauthorized);
            (await first.StopAsync()).ShouldBe(0);
            first.Output.ShouldContain(Announced);
            key = first.Output.Split('\n').SkipWhile(line => line != Announced).ElementAt(1).Trim();
            key.ShouldStartWith("pg_");
            first.Output.ShouldContain($"Bearer {key}", customMessage: "the line to try works when pasted");
        }

        await using var second = await ServerProcess.StartAsync(home.Path, null, TestModel.Arguments);
        await AnswersAsync(second.Url, key, HttpStatusCode.OK);
        (await second.StopAsync()).ShouldBe(0);
        second.Output.ShouldNotContain(Announced);
        second.Output.ShouldNotContain(key);
        second.Error.ShouldBeEmpty();
    }

    [ModelFact]
    public async Task A_first_start_that_fails_does_not_use_up_the_key_that_nobody_saw()
    {
        using var home = new TemporaryFolder();
        var garbage = home.File("garbage.gguf", new byte[37]);
        (await PolarGridCommand.RunAsync(home.Path, null, "up", "--model", $"tiny={garbage}")).ExitCode.ShouldBe(1);

        await using var server = await ServerProcess.StartAsync(home.Path, null, TestModel.Arguments);
        await server.StopAsync();

        server.Output.ShouldContain(Announced);
    }

    [ModelFact]
    public async Task Usage_that_was_shown_is_there_after_a_crash_and_a_stop_writes_all_of_it()
    {
        const string Key = "pg_usage-0123456789abcdef";
        using var home = new TemporaryFolder();
        await using (var first = await ServerProcess.StartAsync(home.Path, Key, TestModel.Arguments))
        {
            using var api = new Api(first.Url, Key);
            await AskAsync(api, 5);
            await Until.TrueAsync(async () => await RequestsAsync(api) == 5);
            await first.KillAsync();
        }

        await using (var second = await ServerProcess.StartAsync(home.Path, Key, TestModel.Arguments))
        {
            using var api = new Api(second.Url, Key);
            (await RequestsAsync(api)).ShouldBe(5);
            await AskAsync(api, 20);
            (await second.StopAsync()).ShouldBe(0);
        }

        await using var third = await ServerProcess.StartAsync(home.Path, Key, TestModel.Arguments);
        using var last = new Api(third.Url, Key);
        (await RequestsAsync(last)).ShouldBe(25);
    }

    private static Task AskAsync(Api api, int requests) => Task.WhenAll(Enumerable.Range(0, requests).Select(async _ =>
        (await api.PostAsync("/v1/chat/completions", Api.Chat(TestModel.Name, ("user", "Hello")))).Status.ShouldBe(HttpStatusCode.OK)));

    private static async Task<int> RequestsAsync(Api api) => (int)JsonNode.Parse((await api.GetAsync("/v1/usage")).Body)!["total"]!["requests"]!;

    private static async Task AnswersAsync(Uri url, string? key, HttpStatusCode expected)
    {
        using var api = new Api(url, key);
        (await api.GetAsync("/v1/models")).Status.ShouldBe(expected);
    }
}
