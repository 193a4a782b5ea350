using System.Globalization;
using PolarGrid.Engine.Drafting;
using PolarGrid.Engine.Running;
using PolarGrid.Engine.Scheduling;

namespace PolarGrid.Engine.Tests.Running;

/// <summary>The loop with foretold tokens: every answer is what it is without them.</summary>
public sealed class DraftingTests
{
    private const int Echo = 5;

    private static readonly PassCosts Flat = new([(1, 10), (32, 11)]);
    private static readonly PassCosts Steep = new([(1, 10), (32, 320)]);

    [Fact]
    public async Task An_answer_that_repeats_itself_takes_fewer_passes_and_is_the_same()
    {
        using var harness = Harness(Capacity());
        harness.Loop.Start();
        var answer = await Answer.ReadAsync(harness.Submit(LoopHarness.Group([1, 2, 3, 4, 5, 6], 300)));

        Assert.Equal(LoopHarness.Expected([1, 2, 3, 4, 5, 6], 300, echo: Echo), answer.Text);
        Assert.Equal(new GenerationUsage(6, 0, 300), answer.Usage);
        Assert.Equal(300 - harness.Accepted, harness.Runner.BatchSizes.Count);
        Assert.True(harness.Accepted > 150, $"{harness.Accepted} of 300 were foretold");
    }

    [Fact]
    public async Task An_answer_that_does_not_repeat_itself_computes_no_row_more()
    {
        using var harness = Harness(Capacity(), echo: 0);
        harness.Loop.Start();
        var answer = await Answer.ReadAsync(harness.Submit(LoopHarness.Group([1, 2, 3], 300)));

        Assert.Equal(LoopHarness.Expected([1, 2, 3], 300), answer.Text);
        Assert.InRange(harness.Drafted, 0, 2 * 16);
    }

    [Fact]
    public async Task Where_more_rows_cost_as_many_passes_nothing_is_foretold()
    {
        using var harness = Harness(Capacity(Steep));
        harness.Loop.Start();
        await Answer.ReadAsync(harness.Submit(LoopHarness.Group([1, 2, 3, 4, 5, 6], 200)));
        Assert.Equal(0, harness.Drafted);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(8, false)]
    public async Task Switched_off_or_without_known_costs_nothing_is_foretold(int draftTokens, bool costs)
    {
        using var harness = Harness(Capacity() with { PassCosts = costs ? Flat : null }, draftTokens);
        harness.Loop.Start();
        await Answer.ReadAsync(harness.Submit(LoopHarness.Group([1, 2, 3, 4, 5, 6], 100)));
        Assert.Equal(100, harness.Runner.BatchSizes.Count);
    }

    [Fact]
    public async Task A_stop_string_inside_foretold_tokens_ends_the_answer_there_and_later_ones_do_not_count()
    {
        int[] prompt = [1, 2, 3, 4, 5, 6];
        var words = LoopHarness.Expected(prompt, 200, echo: Echo).Split(' ');
        var compared = 0;
        for (var at = 20; at < 60; at++)
        {
            var stop = $" {words[at]} {words[at + 1]} {words[at + 2]} ";
            var (with, without, accepted) = await BothAsync(() => LoopHarness.Group(prompt, 200, stop: [stop]));
            Assert.Equal(without.Text, with.Text);
            Assert.Equal(without.Finishes, with.Finishes);
            Assert.Equal(without.Usage, with.Usage);
            if (with.Finishes[0] == FinishReason.Stop && accepted > 0) compared++;
        }

        Assert.True(compared > 20);
    }

    [Theory]
    [InlineData(41)]
    [InlineData(42)]
    [InlineData(43)]
    [InlineData(47)]
    public async Task The_most_tokens_are_kept_to_inside_foretold_tokens(int most)
    {
        var (with, _, _) = await BothAsync(() => LoopHarness.Group([1, 2, 3, 4, 5, 6], most));
        Assert.Equal(LoopHarness.Expected([1, 2, 3, 4, 5, 6], most, echo: Echo), with.Text);
        Assert.Equal(FinishReason.Length, with.Finishes[0]);
        Assert.Equal(most, with.Usage.CompletionTokens);
    }

    [Fact]
    public async Task The_end_token_inside_foretold_tokens_ends_the_answer()
    {
        // The end stands in the prompt, so it is foretold too.
        int[] prompt = [1, 2, 3, 4, 0, 1, 2, 3, 4];
        var (with, without, _) = await BothAsync(() => LoopHarness.Group(prompt, 400, sampling: new SamplingSettings()));
        Assert.Equal(without.Text, with.Text);
        Assert.Equal(FinishReason.Stop, with.Finishes[0]);
        Assert.Equal(without.Usage, with.Usage);
    }

    [Fact]
    public async Task Log_probabilities_are_those_of_every_tokens_own_place()
    {
        using var with = Harness(Capacity());
        using var without = Harness(Capacity(), draftTokens: 0);
        var answers = new List<List<float>>();
        foreach (var harness in (LoopHarness[])[with, without])
        {
            harness.Loop.Start();
            var group = harness.Submit(LoopHarness.Group([1, 2, 3, 4, 5, 6], 120, top: 2));
            List<float> logprobs = [];
            while (await group.Stream.WaitAsync())
            {
                while (group.Stream.TryRead(out var item))
                {
                    var scores = group.Stream.LogprobsOf(item);
                    foreach (var record in scores.Records) logprobs.Add(record.Logprob);
                }
            }

            answers.Add(logprobs);
        }

        Assert.Equal(3 * 120, answers[0].Count); // Its own and two more.
        Assert.Equal(answers[1], answers[0]);
        Assert.True(with.Accepted > 0);
    }

    [Fact]
    public async Task What_stays_warm_is_what_came()
    {
        using var harness = Harness(Capacity());
        harness.Loop.Start();
        int[] prompt = [1, 2, 3, 4, 5, 6];
        for (var most = 40; most < 60; most++)
        {
            var first = LoopHarness.Expected(prompt, most, echo: Echo);
            Assert.Equal(first, (await Answer.ReadAsync(harness.Submit(LoopHarness.Group(prompt, most)))).Text);
            int[] next = [.. prompt, .. first.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => int.Parse(word, CultureInfo.InvariantCulture)), 7];
            var answer = await Answer.ReadAsync(harness.Submit(LoopHarness.Group(next, 10)));
            Assert.Equal(LoopHarness.Expected(next, 10, echo: Echo), answer.Text);
            Assert.InRange(answer.Usage.CachedTokens, prompt.Length + most - 1, next.Length - 1);
        }
    }

    [Fact]
    public async Task Prompts_are_never_delayed_by_guesses()
    {
        using var harness = Harness(Capacity());
        var first = harness.Submit(LoopHarness.Group([1, 2, 3, 4, 5, 6], 600));
        var prompts = 0;
        harness.Runner.BeforeDecode = batch =>
        {
            if (harness.Runner.BatchSizes.Count == 30) harness.Submit(LoopHarness.Group([.. Enumerable.Range(1, 500)], 1, tenant: "other"));
            var longest = batch.GroupBy(entry => entry.Sequence).Select(entries => entries.Count()).Max();
            if (longest < 40) return;
            prompts++;
            Assert.Equal(longest + 1, batch.Count);
        };
        harness.Loop.Start();
        var answer = await Answer.ReadAsync(first);

        Assert.Equal(LoopHarness.Expected([1, 2, 3, 4, 5, 6], 600, echo: Echo), answer.Text);
        Assert.True(prompts > 3);
        Assert.True(harness.Accepted > 0);
    }

    [Fact]
    public async Task A_caller_who_leaves_while_tokens_are_foretold_frees_the_sequence_at_the_next_step()
    {
        using var harness = Harness(Capacity());
        var group = LoopHarness.Group([1, 2, 3, 4, 5, 6], 3000);
        var after = 0;
        harness.Runner.BeforeDecode = batch =>
        {
            if (group.Stream.IsCancelled) after++;
            if (batch.Count < 5 || harness.Runner.BatchSizes.Count < 5) return;
            group.Stream.Cancel();
            harness.Loop.NoteCancellation();
        };
        harness.Submit(group);
        harness.Loop.Start();

        Assert.Equal(EngineErrorCode.Cancelled, (await Answer.ReadAsync(group)).Error?.Code);
        Assert.Equal(0, after);
        Assert.Equal(0, harness.Runner.LiveSamplers);
    }

    [Fact]
    public async Task A_failed_step_with_foretold_tokens_starts_over_and_the_answer_is_the_same()
    {
        using var harness = Harness(Capacity());
        var steps = 0;
        harness.Runner.Outcome = () => ++steps % 9 == 8 ? DecodeStatus.NoKvRoom : DecodeStatus.Ok;
        harness.Loop.Start();
        var answer = await Answer.ReadAsync(harness.Submit(LoopHarness.Group([1, 2, 3, 4, 5, 6], 200)));
        Assert.Equal(LoopHarness.Expected([1, 2, 3, 4, 5, 6], 200, echo: Echo), answer.Text);
    }

    /// <summary>Random traffic in too little room, with guesses that are right and wrong; every answer must be right.</summary>
    [Theory]
    [InlineData(1, 5, 8, 0)]
    [InlineData(2, 5, 16, 0)]
    [InlineData(3, 7, 3, 0)]
    [InlineData(4, 2, 8, 0)]
    [InlineData(5, 5, 8, 300)]
    [InlineData(6, 7, 15, 300)]
    [InlineData(7, 5, 1, 0)]
    public async Task Every_answer_is_right_whatever_is_foretold(int seed, int echo, int draftTokens, int sequenceTokens)
    {
        const int context = 300;
        var random = new Random(seed);
        var capacity = new RunnerCapacity(10, sequenceTokens > 0 ? 10 * sequenceTokens : 400, 32, 32, true)
        {
            LeastSharedTokens = sequenceTokens > 0 ? 6 : 1,
            SequenceTokens = sequenceTokens > 0 ? sequenceTokens : 400,
            PassCosts = Flat,
        };
        var options = new SchedulerOptions
        {
            MaxRunning = 6, MaxWaiting = 1000, MixedPrefillTokens = 8, LeastWarmTokens = 2, ShareWaitTokens = 4, DraftTokens = draftTokens,
        };
        using var harness = new LoopHarness(capacity, options, context, echo: echo);
        harness.Runner.Width = sequences => 1 + (sequences * 7 % 5 % sequences);
        harness.Loop.Start();
        List<Task> readers = [];
        for (var round = 0; round < 250; round++)
        {
            int[] prompt = [.. Enumerable.Range(1, random.Next(1, 9)), .. Enumerable.Range(0, random.Next(0, 30)).Select(_ => random.Next(2, 6))];
            var maxTokens = random.Next(1, 150);
            var choices = random.Next(5) == 0 ? random.Next(2, 5) : 1;
            var sampling = new SamplingSettings { Seed = random.Next(3), IgnoreEndOfText = true };
            var stop = random.Next(3) == 0 ? $" {random.Next(2, 6)} {random.Next(2, 6)} " : null;
            var group = harness.Submit(LoopHarness.Group(
                prompt, maxTokens, random.Next(2) == 0 ? "one" : "two", choices, stop is null ? null : [stop], sampling));
            var cancel = random.Next(5) == 0;
            readers.Add(Task.Run(() => CheckAsync(harness, group, prompt, maxTokens, stop, echo, cancel)));
            Task[] pending = [.. readers.Where(reader => !reader.IsCompleted)];
            if (pending.Length > 12) await Task.WhenAny(pending);
        }

        await Task.WhenAll(readers);
        Assert.Equal(0, harness.Runner.LiveSamplers);
        Assert.True(harness.Accepted > 100, $"{harness.Accepted} accepted");
        Assert.True(harness.Drafted > harness.Accepted, $"{harness.Drafted} drafted");
        Assert.True(SpinWait.SpinUntil(
            () => harness.Loop.Status is { Running: 0, Waiting: 0 } status && status.KvUsed == harness.Runner.Cells, TimeSpan.FromSeconds(10)));
    }

    private static async Task CheckAsync(
        LoopHarness harness, SequenceGroup group, int[] prompt, int maxTokens, string? stop, int echo, bool cancel)
    {
        if (cancel)
        {
            await group.Stream.WaitAsync();
            group.Stream.Cancel();
            harness.Loop.NoteCancellation();
        }

        var answer = await Answer.ReadAsync(group);
        if (cancel && answer.Error?.Code == EngineErrorCode.Cancelled) return;
        Assert.Null(answer.Error);
        for (var choice = 0; choice < group.Choices.Count; choice++)
        {
            var expected = LoopHarness.Expected(prompt, maxTokens, (ulong)(group.Request.Sampling.Seed!.Value + choice), echo: echo);
            var end = stop is null ? -1 : expected.IndexOf(stop, StringComparison.Ordinal);
            Assert.Equal(end < 0 ? expected : expected[..end], answer.Texts[choice]);
        }
    }

    private static async Task<(Answer With, Answer Without, long Accepted)> BothAsync(Func<SequenceGroup> group)
    {
        using var with = Harness(Capacity());
        using var without = Harness(Capacity(), draftTokens: 0);
        with.Loop.Start();
        without.Loop.Start();
        return (await Answer.ReadAsync(with.Submit(group())), await Answer.ReadAsync(without.Submit(group())), with.Accepted);
    }

    private static RunnerCapacity Capacity(PassCosts? costs = null) => new(16, 4096, 64, 32, true) { PassCosts = costs ?? Flat };

    private static LoopHarness Harness(RunnerCapacity capacity, int draftTokens = 8, int echo = Echo) =>
        new(capacity, new SchedulerOptions { MaxRunning = 8, LeastWarmTokens = 1, DraftTokens = draftTokens }, echo: echo);
}
