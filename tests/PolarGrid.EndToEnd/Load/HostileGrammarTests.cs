using System.Net;
using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.EndToEnd.Load;

/// <summary>Grammars of callers' own that are meant to do harm: the server names the limit and lives on.</summary>
public sealed class HostileGrammarTests
{
    [ModelFact]
    public async Task A_grammar_that_is_too_deep_too_large_or_never_ends_is_refused_and_the_server_goes_on()
    {
        using var home = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(home.Path, ServerFixture.Key, [.. TestModel.Arguments, "--allow-grammar"]);
        using var api = new Api(server.Url, ServerFixture.Key);
        (string Gbnf, string Reason)[] hostile =
        [
            ($"root ::= {new string('(', 4_000)}\"a\"{new string(')', 4_000)}", "64 deep"),
            ($"root ::= {new string('(', 100_000)}\"a\"{new string(')', 100_000)}", "64 deep"),
            ($"root ::= {new string('(', 60)}\"a\"{string.Concat(Enumerable.Repeat(")" + string.Concat(Enumerable.Repeat("{1,9}", 60)), 60))}", "256 deep"),
            ($"root ::= {string.Concat(Enumerable.Repeat("[^a]", 200_000))}", "nodes"),
            ("root ::= root \"a\" | \"b\"", "left-recursive"),
            ("root ::= \"a\" root", "No finite text"),
            ("root ::= \"a\"{1000001}", "at most 1000000"),
        ];

        foreach (var (gbnf, reason) in hostile)
        {
            var (status, body) = await api.PostAsync("/v1/chat/completions", Request(gbnf));
            status.ShouldBe(HttpStatusCode.BadRequest, reason);
            ((string)body["error"]!["message"]!).ShouldContain(reason);
        }

        foreach (var gbnf in (string[])["root ::= ((\"a\"{1000000}){1000000}){1000000}", "root ::= ((\"a\"* \"b\"*)* \"c\"*)*"])
        {
            var (status, body) = await api.PostAsync("/v1/chat/completions", Request(gbnf));
            status.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
            Api.Text(body).ShouldAllBe(letter => letter == 'a' || letter == 'b' || letter == 'c');
        }

        (await api.GetAsync("/health")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static JsonObject Request(string gbnf)
    {
        var request = Api.Chat(TestModel.Name, ("user", "Hello"));
        request["grammar"] = gbnf;
        return request;
    }
}
