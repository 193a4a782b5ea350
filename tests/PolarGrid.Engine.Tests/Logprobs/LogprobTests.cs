using System.Text;
using PolarGrid.Engine.Logprobs;
using PolarGrid.Engine.Running;
using PolarGrid.Engine.Scheduling;
using PolarGrid.Engine.Tests.Running;

namespace PolarGrid.Engine.Tests.Logprobs;

public sealed class LogprobTests
{
    [Fact]
    public async Task Every_token_comes_with_its_own_record_and_its_alternatives()
    {
        using var harness = new LoopHarness();
        harness.Loop.Start();
        int[] prompt = [1, 2, 3];
        var scored = await ScoredAnswer.ReadAsync(harness.Submit(Scored(prompt, 20, top: 3)));
        Assert.Equal(LoopHarness.Expected(prompt, 20), scored.Text);
        Assert.Equal(20, scored.Tokens.Count);
        List<int> before = [.. prompt];
        foreach (var token in scored.Tokens)
        {
            Assert.Equal(RecallingRunner.Logprob(before, token.Token), token.Logprob);
            Assert.Equal([1, 2, 3], token.Alternatives);
            before.Add(token.Token);
        }
    }

    [Fact]
    public async Task Records_lie_with_the_text_that_they_belong_to()
    {
        using var harness = new LoopHarness();
        harness.Loop.Start();
        var scored = await ScoredAnswer.ReadAsync(harness.Submit(Scored([5, 6], 12, top: 0)));
        Assert.All(scored.Deltas, delta => Assert.Equal(delta.Text, string.Concat(delta.Tokens.Select(token => token.Text))));
        Assert.Equal(scored.Tokens.Select(token => scored.Text.IndexOf(token.Text, token.Characters, StringComparison.Ordinal)), scored.Tokens.Select(token => token.Characters));
    }

    [Fact]
    public async Task A_stop_string_takes_the_records_of_its_tokens_with_it()
    {
        int[] prompt = [4, 5, 6];
        var words = LoopHarness.Expected(prompt, 10).Split(' ');
        using var harness = new LoopHarness();
        harness.Loop.Start();
        var scored = await ScoredAnswer.ReadAsync(harness.Submit(Scored(prompt, 10, top: 1, stop: [$"{words[3]} {words[4]}"])));
        Assert.Equal(string.Concat(words[..3].Select(word => word + " ")), scored.Text);
        Assert.Equal(words[..3], scored.Tokens.Select(token => token.Text.Trim()));
    }

    [Fact]
    public async Task Text_that_only_looked_like_a_stop_string_brings_its_records_later()
    {
        int[] prompt = [4, 5, 6];
        var words = LoopHarness.Expected(prompt, 8).Split(' ');
        using var harness = new LoopHarness();
        harness.Loop.Start();
        var scored = await ScoredAnswer.ReadAsync(harness.Submit(Scored(prompt, 8, top: 1, stop: [$"{words[2]} {words[3]} never"])));
        Assert.Equal(8, scored.Tokens.Count);
        Assert.Contains(scored.Deltas, delta => delta.Tokens.Count > 1);
        Assert.All(scored.Deltas, delta => Assert.True(delta.Text.Length > 0 || delta.Tokens.Count == 0));
    }

    [Theory]
    [InlineData(16, 1)]
    [InlineData(5, 1)]
    [InlineData(16, 3)]
    public async Task An_echoed_prompt_is_scored_from_its_own_beginning_within_the_output_limit(int outputs, int choices)
    {
        using var harness = new LoopHarness(new RunnerCapacity(16, 4096, 64, outputs, true), new SchedulerOptions { MaxRunning = Math.Min(8, outputs), LeastWarmTokens = 1 });
        harness.Loop.Start();
        int[] prompt = [.. Enumerable.Range(1, 150)];

        // Leaves the prompt in the cache; its logits are not there.
        await Answer.ReadAsync(harness.Submit(LoopHarness.Group(prompt, 3)));
        var other = harness.Submit(LoopHarness.Group([900, 901], 60));
        var scored = await ScoredAnswer.ReadAsync(harness.Submit(Scored(prompt, 2, top: 2, echo: true, choices: choices)), choices);

        Assert.Equal(LoopHarness.Expected([900, 901], 60), (await Answer.ReadAsync(other)).Text);
        foreach (var choice in Enumerable.Range(0, choices))
        {
            var tokens = scored.Deltas.Where(delta => delta.Choice == choice).SelectMany(delta => delta.Tokens).ToList();
            Assert.Equal(152, tokens.Count);
            Assert.True(float.IsNaN(tokens[0].Logprob));
            Assert.Empty(tokens[0].Alternatives);
            for (var at = 1; at < 150; at++)
            {
                Assert.Equal(RecallingRunner.Logprob(prompt[..at], prompt[at]), tokens[at].Logprob);
                Assert.Equal([1, 2], tokens[at].Alternatives);
            }
        }

        Assert.Equal(0, scored.Usage.CachedTokens);
    }

    [Fact]
    public async Task An_echo_without_an_answer_is_scored_too()
    {
        using var harness = new LoopHarness();
        harness.Loop.Start();
        int[] prompt = [7, 8, 9, 10];
        var scored = await ScoredAnswer.ReadAsync(harness.Submit(Scored(prompt, 0, top: 0, echo: true)));
        Assert.Equal("7 8 9 10 ", scored.Text);
        Assert.Equal([0, 2, 4, 6], scored.Tokens.Select(token => token.Characters));
        Assert.Equal(RecallingRunner.Logprob([7, 8, 9], 10), scored.Tokens[3].Logprob);
    }

    [Fact]
    public async Task Scoring_survives_being_preempted()
    {
        using var harness = new LoopHarness(new RunnerCapacity(16, 96, 32, 16, true));
        int[] prompt = [.. Enumerable.Range(1, 60)];
        var groups = new[] { LoopHarness.Group([500, 501], 40), Scored(prompt, 10, top: 1, echo: true), Scored([.. prompt.Reverse()], 4, top: 1, echo: true) };
        foreach (var group in groups) harness.Submit(group);
        harness.Loop.Start();
        var scored = await ScoredAnswer.ReadAsync(groups[1]);
        var reversed = await ScoredAnswer.ReadAsync(groups[2]);
        Assert.Equal(70, scored.Tokens.Count);
        Assert.Equal(64, reversed.Tokens.Count);
        for (var at = 1; at < 60; at++) Assert.Equal(RecallingRunner.Logprob(prompt[..at], prompt[at]), scored.Tokens[at].Logprob);
    }

    [Fact]
    public void A_character_in_two_tokens_is_released_with_both_records()
    {
        var names = new TokenNames(new ByteTokenizer());
        var track = new LogprobTrack(names);
        var text = new Engine.Text.TextAssembler([], []) { CountsCharacters = true };
        var block = new LogprobBlock();
        var records = new List<int>();
        foreach (var value in Encoding.UTF8.GetBytes("aé€b"))
        {
            track.Add(value, -1, [], text, isSilent: false);
            text.Add([value]);
            track.Release(text.Released.Length, false, block);
            records.Add(block.Count);
        }

        Assert.Equal([1, 0, 2, 0, 0, 3, 1], records);
        Assert.Equal(3, block.Records[0].Characters);
    }

    private static SequenceGroup Scored(int[] prompt, int maxTokens, int top, bool echo = false, int choices = 1, string[]? stop = null) =>
        LoopHarness.Group(prompt, maxTokens, choices: choices, stop: stop, top: top, echo: echo);
}
