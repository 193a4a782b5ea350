using PolarGrid.Engine.Drafting;

namespace PolarGrid.Engine.Tests.Drafting;

public sealed class PromptLookupTests
{
    [Fact]
    public void What_followed_in_the_prompt_is_foretold()
    {
        int[] tokens = [1, 2, 3, 4, 5, 6, 7, 99, 2, 3];
        Assert.Equal([4, 5, 6, 7], Propose(tokens, 10, 4));
    }

    [Fact]
    public void A_repeating_end_goes_on_in_its_circle()
    {
        int[] tokens = [9, 8, 1, 2, 3, 1, 2, 3];
        Assert.Equal([1, 2, 3, 1, 2, 3, 1, 2], Propose(tokens, tokens.Length, 8));
        Assert.Equal([5, 5, 5], Propose([5, 5, 5], 3, 3));
    }

    [Fact]
    public void Nothing_is_foretold_of_a_text_without_repetition()
    {
        Assert.Empty(Propose([.. Enumerable.Range(0, 100)], 50, 8));
        Assert.Empty(Propose([1], 1, 8));
    }

    [Fact]
    public void A_match_goes_on_while_it_is_right_and_is_looked_for_anew_when_it_is_not()
    {
        List<int> tokens = [1, 2, 3, 4, 5, 6, 7, 8, 40, 41, 42, 1, 2];
        var lookup = new PromptLookup(tokens.Count, 100);
        var draft = new int[2];
        lookup.Follow([.. tokens]);
        foreach (var (token, foretold) in ((int, int[])[])[(3, [4, 5]), (4, [5, 6]), (41, []), (42, [1, 2])])
        {
            tokens.Add(token);
            lookup.Follow([.. tokens]);
            Assert.Equal(foretold, draft[..lookup.Propose([.. tokens], draft)]);
        }
    }

    [Fact]
    public void Guesses_that_came_are_believed_more_and_those_that_did_not_less()
    {
        int[] passage = [.. Enumerable.Range(1, 40)];
        var copied = After([.. passage, 90, 91], [.. passage]);
        var broken = After([.. passage, 90, 91], [.. Enumerable.Range(0, 13).SelectMany(at => (int[])[passage[at * 3], passage[(at * 3) + 1], 200 + at])]);

        Assert.True(copied.Chance(0) > 0.9);
        Assert.True(broken.Chance(0) < 0.15);
    }

    [Fact]
    public void A_very_long_prompt_is_taken_in_over_several_steps_and_foretells_once_it_is_known()
    {
        int[] tokens = [.. Enumerable.Range(0, 40_000), 30_000, 30_001];
        var lookup = new PromptLookup(tokens.Length, 10);
        var draft = new int[3];
        var steps = 0;
        while (lookup.Propose(tokens, draft) == 0)
        {
            Assert.True(++steps < 5);
            lookup.Follow(tokens);
        }

        Assert.Equal(3, steps);
        Assert.Equal([30_002, 30_003, 30_004], draft);
    }

    [Fact]
    public void Following_and_foretelling_allocate_nothing()
    {
        int[] passage = [.. Enumerable.Range(1, 64)];
        int[] tokens = [.. Enumerable.Repeat(passage, 40).SelectMany(each => each)];
        var lookup = new PromptLookup(100, 4000);
        var draft = new int[8];
        lookup.Follow(tokens.AsSpan(0, 200));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var at = 201; at <= tokens.Length; at++)
        {
            lookup.Follow(tokens.AsSpan(0, at));
            lookup.Propose(tokens.AsSpan(0, at), draft);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static PromptLookup After(int[] prompt, int[] answer)
    {
        var lookup = new PromptLookup(prompt.Length, 100);
        List<int> tokens = [.. prompt];
        lookup.Follow([.. tokens]);
        foreach (var token in answer)
        {
            tokens.Add(token);
            lookup.Follow([.. tokens]);
        }

        return lookup;
    }

    private static int[] Propose(int[] tokens, int prompt, int most)
    {
        var lookup = new PromptLookup(prompt, 100);
        lookup.Follow(tokens);
        var draft = new int[most];
        return draft[..lookup.Propose(tokens, draft)];
    }
}
