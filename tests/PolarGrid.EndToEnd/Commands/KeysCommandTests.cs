using System.Net;
using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.EndToEnd.Commands;

/// <summary><c>polargrid keys</c> beside a running server.</summary>
[Collection(ServerCollection.Name)]
public sealed class KeysCommandTests(ServerFixture fixture)
{
    [ModelFact]
    public async Task A_made_key_works_at_once_and_a_revoked_one_does_not()
    {
        var made = await PolarGridCommand.RunAsync(fixture.Home, null, "keys", "create", "Ada Lovelace");
        var unused = await PolarGridCommand.RunAsync(fixture.Home, null, "keys", "create", "Charles Babbage");
        made.ExitCode.ShouldBe(0);
        var key = made.Output.Trim();
        key.ShouldStartWith("pg_");

        using var ada = new Api(fixture.Server.Url, key);
        (await ada.GetAsync("/v1/models")).Status.ShouldBe(HttpStatusCode.OK);

        var id = await IdOfAsync("Charles Babbage");
        (await PolarGridCommand.RunAsync(fixture.Home, null, "keys", "revoke", id)).ExitCode.ShouldBe(0);
        using var charles = new Api(fixture.Server.Url, unused.Output.Trim());
        (await charles.GetAsync("/v1/models")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await ada.GetAsync("/v1/models")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_list_shows_state_and_name_and_never_a_key()
    {
        using var home = new TemporaryFolder();
        var key = (await PolarGridCommand.RunAsync(home.Path, null, "keys", "create", "Grace Hopper", "--permission", "ReadOnly")).Output.Trim();

        var before = (await PolarGridCommand.RunAsync(home.Path, null, "keys", "list")).Output;
        var id = before.Split(' ')[0];
        var revoked = await PolarGridCommand.RunAsync(home.Path, null, "keys", "revoke", id);
        var after = (await PolarGridCommand.RunAsync(home.Path, null, "keys", "list")).Output;
        var again = await PolarGridCommand.RunAsync(home.Path, null, "keys", "revoke", id);

        before.ShouldContain("Grace Hopper");
        before.ShouldContain("ReadOnly");
        before.ShouldContain("active");
        before.ShouldContain(key[^4..]);
        (before + after).ShouldNotContain(key);
        revoked.ExitCode.ShouldBe(0);
        after.ShouldContain("revoked");
        again.ExitCode.ShouldBe(1);
        again.ErrorLines.ShouldHaveSingleItem().ShouldContain(id);
    }

    [Fact]
    public async Task A_key_may_have_a_profile_of_its_own()
    {
        using var home = new TemporaryFolder();

        var made = await PolarGridCommand.RunAsync(home.Path, null, "keys", "create", "Alan Turing", "--profile", "openai");
        var wrong = await PolarGridCommand.RunAsync(home.Path, null, "keys", "create", "Alan Turing", "--profile", "acme");

        made.ExitCode.ShouldBe(0);
        (await PolarGridCommand.RunAsync(home.Path, null, "keys", "list")).Output.ShouldContain("openai");
        wrong.ExitCode.ShouldBe(1);
        string.Join('\n', wrong.ErrorLines).ShouldContain("acme");
    }

    [Fact]
    public async Task A_key_may_have_a_limit_of_its_own()
    {
        using var home = new TemporaryFolder();
        var made = await PolarGridCommand.RunAsync(home.Path, null, "keys", "create", "Alan Turing", "--requests-per-minute", "60");
        var before = (await PolarGridCommand.RunAsync(home.Path, null, "keys", "list")).Output;
        var id = before.Split(' ')[0];

        var changed = await PolarGridCommand.RunAsync(home.Path, null, "keys", "limit", id, "none");
        var after = (await PolarGridCommand.RunAsync(home.Path, null, "keys", "list")).Output;
        var wrong = await PolarGridCommand.RunAsync(home.Path, null, "keys", "limit", id, "0");
        var unknown = await PolarGridCommand.RunAsync(home.Path, null, "keys", "limit", "key_unknown", "5");

        made.ExitCode.ShouldBe(0);
        before.ShouldContain("60/min");
        changed.ExitCode.ShouldBe(0);
        after.ShouldContain("none/min");
        wrong.ExitCode.ShouldBe(1);
        wrong.ErrorLines.ShouldHaveSingleItem().ShouldContain("1 to 1000000");
        unknown.ExitCode.ShouldBe(1);
        unknown.ErrorLines.ShouldHaveSingleItem().ShouldContain("key_unknown");
    }

    [ModelFact]
    public async Task What_a_key_has_used_is_shown_to_its_holder_and_to_the_operator()
    {
        var key = (await PolarGridCommand.RunAsync(fixture.Home, null, "keys", "create", "Emmy Noether")).Output.Trim();
        var id = await IdOfAsync("Emmy Noether");
        using var emmy = new Api(fixture.Server.Url, key);
        var (_, answer) = await emmy.PostAsync("/v1/chat/completions", Api.Chat(TestModel.Name, ("user", "What is the capital of France?")));
        var (prompt, completion) = ((int)answer["usage"]!["prompt_tokens"]!, (int)answer["usage"]!["completion_tokens"]!);

        JsonNode total;
        do total = JsonNode.Parse((await emmy.GetAsync("/v1/usage")).Body)!["total"]!;
        while ((int)total["requests"]! == 0);
        var shown = await PolarGridCommand.RunAsync(fixture.Home, null, "keys", "usage", id);
        var everybody = await PolarGridCommand.RunAsync(fixture.Home, null, "keys", "usage");

        ((int)total["prompt_tokens"]!).ShouldBe(prompt);
        ((int)total["completion_tokens"]!).ShouldBe(completion);
        shown.ExitCode.ShouldBe(0);
        shown.Output.ShouldMatch($@"{id}  Emmy Noether  {TestModel.Name}  chat +1 +0 +0 +{prompt} +\d+ +{completion} +0 +0\.0 +0\.0");
        shown.Output.Trim().Split('\n').Length.ShouldBe(3);
        everybody.Output.ShouldContain("Emmy Noether");
    }

    [Fact]
    public async Task Usage_of_nobody_or_never_is_refused()
    {
        using var home = new TemporaryFolder();

        var nothing = await PolarGridCommand.RunAsync(home.Path, null, "keys", "usage");
        var nobody = await PolarGridCommand.RunAsync(home.Path, null, "keys", "usage", "key_unknown");
        var never = await PolarGridCommand.RunAsync(home.Path, null, "keys", "usage", "--days", "0");

        nothing.Output.Trim().ShouldBe("Nothing was used in the last 30 days.");
        nobody.ExitCode.ShouldBe(1);
        nobody.ErrorLines.ShouldHaveSingleItem().ShouldContain("key_unknown");
        never.ExitCode.ShouldBe(1);
        never.ErrorLines.ShouldHaveSingleItem().ShouldContain("between 1 and 3660");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task A_key_needs_a_name(string name)
    {
        using var home = new TemporaryFolder();

        var result = await PolarGridCommand.RunAsync(home.Path, null, "keys", "create", name);

        result.ExitCode.ShouldBe(1);
        result.ErrorLines.ShouldHaveSingleItem().ShouldContain("1 to 100");
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file_is_named()
    {
        using var home = new TemporaryFolder();
        var file = home.File("taken", []);

        var result = await PolarGridCommand.RunAsync(file, null, "keys", "list");

        result.ExitCode.ShouldBe(1);
        result.ErrorLines.ShouldHaveSingleItem().ShouldContain(file);
    }

    private async Task<string> IdOfAsync(string name) =>
        (await PolarGridCommand.RunAsync(fixture.Home, null, "keys", "list")).Output
            .Split('\n').Single(line => line.EndsWith(name, StringComparison.Ordinal)).Split(' ')[0];
}
