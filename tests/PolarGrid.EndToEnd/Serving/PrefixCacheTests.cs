using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using Shouldly;

namespace PolarGrid.EndToEnd.Serving;

/// <summary>The prefix cache as callers see it: <c>usage.prompt_tokens_details.cached_tokens</c>.</summary>
[Collection(ServerCollection.Name)]
public sealed class PrefixCacheTests(ServerFixture fixture)
{
    /// <summary>What any two conversations of one caller begin with may be shared: the template's first words.</summary>
    private const int TemplateTokens = 8;

    [ModelFact]
    public async Task The_second_turn_of_a_conversation_starts_from_the_first()
    {
        const string question = "There was a little boat on the big lake. Who was in the boat?";
        var first = await fixture.Api.ChatAsync(Api.Chat(TestModel.Name, ("user", question)));
        var second = await fixture.Api.ChatAsync(
            Api.Chat(TestModel.Name, ("user", question), ("assistant", Api.Text(first)), ("user", "And who else?")));

        Cached(first).ShouldBeLessThan(TemplateTokens);
        Cached(second).ShouldBeGreaterThan((int)first["usage"]!["prompt_tokens"]! / 2);
        Cached(second).ShouldBeLessThan((int)second["usage"]!["prompt_tokens"]!);
    }

    [ModelFact]
    public async Task Two_keys_never_share()
    {
        var other = await PolarGridCommand.RunAsync(fixture.Home, null, "keys", "create", "someone else");
        using var others = new Api(fixture.Server.Url, other.Output.Trim());

        // Long: where each sequence has cells of its own, only what is dearer to compute than to copy is shared.
        var secret = string.Concat(Enumerable.Repeat("A secret that only one of two people may find in the cache. ", 20));
        var request = Api.Chat(TestModel.Name, ("user", secret));

        var mine = await fixture.Api.ChatAsync(request);
        var theirs = await others.ChatAsync(request);
        var mineAgain = await fixture.Api.ChatAsync(request);
        var theirsAgain = await others.ChatAsync(request);

        Cached(mine).ShouldBeLessThan(TemplateTokens);
        Cached(theirs).ShouldBe(0);
        Cached(mineAgain).ShouldBeGreaterThan(0);
        Cached(theirsAgain).ShouldBeGreaterThan(0);
        Api.Text(theirs).ShouldBe(Api.Text(mine));
        Api.Text(mineAgain).ShouldBe(Api.Text(mine));
    }

    private static int Cached(JsonNode answer) => (int)answer["usage"]!["prompt_tokens_details"]!["cached_tokens"]!;
}
