using System.Net;
using PolarGrid.EndToEnd.Running;
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

    private static async Task AnswersAsync(Uri url, string? key, HttpStatusCode expected)
    {
        using var api = new Api(url, key);
        (await api.GetAsync("/v1/models")).Status.ShouldBe(expected);
    }
}
