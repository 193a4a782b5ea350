using PolarGrid.Engine.Running;
using PolarGrid.Engine.Scheduling;

namespace PolarGrid.Engine.Tests.Running;

public sealed class EngineLoopTests
{
    [Fact]
    public async Task One_request_gets_the_answer_that_its_tokens_alone_determine()
    {
        using var harness = new LoopHarness();
        harness.Loop.Start();
        var answer = await Answer.ReadAsync(harness.Submit(LoopHarness.Group([1, 2, 3], 20)));
        Assert.Equal(LoopHarness.Expected([1, 2, 3], 20), answer.Text);
        Assert.Equal(FinishReason.Length, answer.Finishes[0]);
        Assert.Equal(new GenerationUsage(3, 0, 20), answer.Usage);
    }

    [Fact]
    public async Task No_tokens_asked_for_computes_the_prompt_and_ends_with_length()
    {
        using var harness = new LoopHarness();
        harness.Loop.Start();
        var answer = await Answer.ReadAsync(harness.Submit(LoopHarness.Group([1, 2, 3], 0)));
        Assert.Equal("", answer.Text);
        Assert.Equal(FinishReason.Length, answer.Finishes[0]);
        Assert.Equal(new GenerationUsage(3, 0, 0), answer.Usage);
        Assert.Equal(3, harness.Runner.Computed);
    }

    [Fact]
    public async Task The_end_token_ends_an_answer_with_stop_and_is_counted()
    {
        using var harness = new LoopHarness(vocabulary: 3);
        harness.Loop.Start();
        var answer = await Answer.ReadAsync(harness.Submit(LoopHarness.Group([2, 2], 500, sampling: new SamplingSettings())));
        Assert.Equal(FinishReason.Stop, answer.Finishes[0]);
        Assert.Equal(answer.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length + 1, answer.Usage.CompletionTokens);
    }

    [Fact]
    public async Task A_stop_token_ends_an_answer_as_the_end_token_does_but_not_before_the_least_length()
    {
        int[] prompt = [4, 5, 6];
        var words = LoopHarness.Expected(prompt, 7).Split(' ');
        var third = int.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture);
        using var harness = new LoopHarness();
        harness.Loop.Start();
        var stopped = await Answer.ReadAsync(harness.Submit(LoopHarness.Group(prompt, 7, stopTokens: [third])));
        var late = await Answer.ReadAsync(harness.Submit(
            LoopHarness.Group(prompt, 7, stopTokens: [third], sampling: new SamplingSettings { IgnoreEndOfText = true, MinTokens = 5 })));
        Assert.Equal($"{words[0]} {words[1]} ", stopped.Text);
        Assert.Equal(FinishReason.Stop, stopped.Finishes[0]);
        Assert.Equal(3, stopped.Usage.CompletionTokens);
        Assert.Equal(FinishReason.Length, late.Finishes[0]);
    }

    [Fact]
    public async Task A_stop_string_across_token_borders_ends_the_answer_before_it()
    {
        int[] prompt = [4, 5, 6];
        var whole = LoopHarness.Expected(prompt, 10);
        var words = whole.Split(' ');
        var stop = $"{words[3]} {words[4][..1]}";
        using var harness = new LoopHarness();
        harness.Loop.Start();
        var answer = await Answer.ReadAsync(harness.Submit(LoopHarness.Group(prompt, 10, stop: [stop])));
        Assert.Equal(whole[..whole.IndexOf(stop, StringComparison.Ordinal)], answer.Text);
        Assert.Equal(FinishReason.Stop, answer.Finishes[0]);
        Assert.Equal(5, answer.Usage.CompletionTokens);
    }

    [Fact]
    public async Task A_repeated_prompt_is_taken_from_the_cache_but_for_its_last_token()
    {
        using var harness = new LoopHarness();
        harness.Loop.Start();
        int[] prompt = [.. Enumerable.Range(1, 200)];
        await Answer.ReadAsync(harness.Submit(LoopHarness.Group(prompt, 5)));
        var before = harness.Runner.Computed;
        var answer = await Answer.ReadAsync(harness.Submit(LoopHarness.Group(prompt, 5)));
        Assert.Equal(LoopHarness.Expected(prompt, 5), answer.Text);
        Assert.Equal(199, answer.Usage.CachedTokens);
        Assert.Equal(5, harness.Runner.Computed - before);
    }

    [Fact]
    public async Task Another_tenant_computes_the_same_prompt_itself()
    {
        using var harness = new LoopHarness();
        harness.Loop.Start();
        int[] prompt = [.. Enumerable.Range(1, 200)];
        await Answer.ReadAsync(harness.Submit(LoopHarness.Group(prompt, 5, tenant: "one")));
        var answer = await Answer.ReadAsync(harness.Submit(LoopHarness.Group(prompt, 5, tenant: "two")));
        Assert.Equal(0, answer.Usage.CachedTokens);
    }

    [Fact]
    public async Task Callers_that_arrive_together_compute_a_shared_prefix_once()
    {
        using var harness = new LoopHarness();
        int[] shared = [.. Enumerable.Range(1, 500)];
        var groups = Enumerable.Range(0, 8).Select(caller => LoopHarness.Group([.. shared, 600 + caller, 7], 3)).ToArray();
        foreach (var group in groups) harness.Submit(group);
        harness.Loop.Start();
        foreach (var group in groups)
        {
            var answer = await Answer.ReadAsync(group);
            Assert.Equal(LoopHarness.Expected([.. group.Choices[0].Tokens.Take(502)], 3), answer.Text);
        }

        Assert.Equal(502 + (7 * 2) + (8 * 2), harness.Runner.Computed);
    }

    [Fact]
    public async Task Choices_share_one_prefill_and_draw_different_numbers()
    {
        using var harness = new LoopHarness();
        harness.Loop.Start();
        int[] prompt = [.. Enumerable.Range(1, 100)];
        var sampling = new SamplingSettings { Seed = 5, IgnoreEndOfText = true };
        var answer = await Answer.ReadAsync(harness.Submit(LoopHarness.Group(prompt, 6, choices: 4, sampling: sampling)));
        for (var choice = 0; choice < 4; choice++)
        {
            Assert.Equal(LoopHarness.Expected(prompt, 6, 5 + (ulong)choice), answer.Texts[choice]);
        }

        Assert.Equal(100 + (4 * 5), harness.Runner.Computed);
        Assert.Equal(new GenerationUsage(100, 0, 24), answer.Usage);
    }

    [Fact]
    public async Task Answers_that_do_not_fit_in_one_pass_take_turns()
    {
        using var harness = new LoopHarness();
        harness.Runner.Width = _ => 1;
        int[][] prompts = [[1, 2], [3, 4], [5, 6]];
        var groups = prompts.Select(prompt => harness.Submit(LoopHarness.Group(prompt, 30))).ToArray();
        harness.Loop.Start();

        for (var at = 0; at < groups.Length; at++)
        {
            Assert.Equal(LoopHarness.Expected(prompts[at], 30), (await Answer.ReadAsync(groups[at])).Text);
        }

        Assert.True(harness.Runner.BatchSizes.Count(size => size == 1) >= 80, "most passes compute one sequence");
    }

    [Fact]
    public async Task Many_prompts_beside_one_answer_are_let_in_faster()
    {
        var options = new SchedulerOptions { MaxRunning = 8, MixedPrefillTokens = 8 };
        using var harness = new LoopHarness(options: options);
        var first = harness.Submit(LoopHarness.Group([1, 2], 200));
        var arrived = false;
        harness.Runner.BeforeDecode = _ =>
        {
            if (arrived || harness.Runner.BatchSizes.Count < 5) return;
            arrived = true;
            for (var at = 0; at < 4; at++) harness.Submit(LoopHarness.Group([10 + at, .. Enumerable.Range(1, 100)], 1));
        };
        harness.Loop.Start();
        await Answer.ReadAsync(first);

        Assert.Equal(1 + (4 * 8), harness.Runner.BatchSizes.Max());
    }

    [Fact]
    public async Task Several_prompts_beside_several_answers_share_a_larger_part_of_a_step()
    {
        var options = new SchedulerOptions { MaxRunning = 8, MixedPrefillTokens = 8 };
        using var harness = new LoopHarness(options: options);
        SequenceGroup[] answers = [harness.Submit(LoopHarness.Group([1, 2], 200)), harness.Submit(LoopHarness.Group([3, 4], 200))];
        var arrived = false;
        harness.Runner.BeforeDecode = _ =>
        {
            if (arrived || harness.Runner.BatchSizes.Count < 5) return;
            arrived = true;
            for (var at = 0; at < 3; at++) harness.Submit(LoopHarness.Group([10 + at, .. Enumerable.Range(1, 100)], 1));
        };
        harness.Loop.Start();
        foreach (var answer in answers) await Answer.ReadAsync(answer);

        Assert.Equal(2 + (8 * (2 + 3 - 1) / 2), harness.Runner.BatchSizes.Max());
    }

    [Fact]
    public async Task Where_copies_are_dear_a_repeated_prompt_takes_the_place_of_its_kept_sequence()
    {
        using var harness = new LoopHarness(new RunnerCapacity(4, 4096, 64, 4, true) { LeastSharedTokens = 32 });
        harness.Loop.Start();
        int[] prompt = [.. Enumerable.Range(1, 20)];
        await Answer.ReadAsync(harness.Submit(LoopHarness.Group(prompt, 10)));

        var again = await Answer.ReadAsync(harness.Submit(LoopHarness.Group(prompt, 10)));
        var other = await Answer.ReadAsync(harness.Submit(LoopHarness.Group([1, 2, 3, 4, 5, 900, 901], 10)));

        Assert.Equal(LoopHarness.Expected(prompt, 10), again.Text);
        Assert.Equal(19, again.Usage.CachedTokens);
        Assert.Equal(0, other.Usage.CachedTokens);
    }

    [Fact]
    public async Task A_long_prompt_comes_in_chunks_beside_running_answers()
    {
        var options = new SchedulerOptions { MaxRunning = 8, MixedPrefillTokens = 16 };
        using var harness = new LoopHarness(options: options);
        var first = harness.Submit(LoopHarness.Group([1, 2], 400));
        var arrived = false;
        harness.Runner.BeforeDecode = _ =>
        {
            if (arrived || harness.Runner.BatchSizes.Count < 10) return;
            arrived = true;
            harness.Submit(LoopHarness.Group([.. Enumerable.Range(1, 500)], 1, tenant: "other"));
        };
        harness.Loop.Start();
        var answer = await Answer.ReadAsync(first);
        Assert.Equal(LoopHarness.Expected([1, 2], 400), answer.Text);
        Assert.True(arrived);
        Assert.All(harness.Runner.BatchSizes, size => Assert.InRange(size, 1, 17));
    }

    [Fact]
    public async Task A_short_prompt_does_not_wait_for_a_long_one_before_it()
    {
        using var harness = new LoopHarness();
        var longest = LoopHarness.Group([.. Enumerable.Range(1, 2000)], 1);
        var shortest = LoopHarness.Group([7, 8, 9], 1);
        harness.Submit(longest);
        harness.Submit(shortest);
        using var shortestEnded = new ManualResetEventSlim();
        var steps = 0;
        harness.Runner.BeforeDecode = _ =>
        {
            if (++steps == 20) Assert.True(shortestEnded.Wait(TimeSpan.FromSeconds(20)));
        };
        harness.Loop.Start();
        await Answer.ReadAsync(shortest);
        shortestEnded.Set();
        await Answer.ReadAsync(longest);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_caller_who_leaves_frees_the_sequence_at_the_next_step(bool inPrefill)
    {
        using var harness = new LoopHarness();
        var group = LoopHarness.Group([.. Enumerable.Range(1, 1000)], 3000);
        var cancelAt = inPrefill ? 3 : 40;
        var steps = 0;
        harness.Runner.BeforeDecode = _ =>
        {
            if (++steps != cancelAt) return;
            group.Stream.Cancel();
            harness.Loop.NoteCancellation();
        };
        harness.Submit(group);
        harness.Loop.Start();
        var answer = await Answer.ReadAsync(group);
        Assert.Equal(EngineErrorCode.Cancelled, answer.Error?.Code);
        Assert.Equal(inPrefill ? EngineStage.Prefill : EngineStage.Decode, answer.Error?.Stage);
        Assert.Equal(cancelAt, steps);
        Assert.Equal(0, harness.Runner.LiveSamplers);
    }

    [Fact]
    public async Task Cancelled_while_queued_never_reaches_the_runner()
    {
        using var harness = new LoopHarness(options: new SchedulerOptions { MaxRunning = 1 });
        var first = harness.Submit(LoopHarness.Group([1], 50));
        var second = harness.Submit(LoopHarness.Group([2], 50));
        second.Stream.Cancel();
        harness.Loop.NoteCancellation();
        harness.Loop.Start();
        Assert.Equal(EngineErrorCode.Cancelled, (await Answer.ReadAsync(second)).Error?.Code);
        await Answer.ReadAsync(first);
        Assert.Equal(50, harness.Runner.Computed);
    }

    [Fact]
    public async Task One_request_more_than_the_queue_limit_is_refused_with_a_time_to_retry()
    {
        using var harness = new LoopHarness(options: new SchedulerOptions { MaxRunning = 1, MaxWaiting = 2 });
        var groups = Enumerable.Range(1, 3).Select(token => harness.Submit(LoopHarness.Group([token], 5))).ToArray();
        var error = harness.Loop.TrySubmit(LoopHarness.Group([9], 5));
        Assert.Equal(EngineErrorCode.QueueFull, error?.Code);
        Assert.NotNull(error?.RetryAfterSeconds);
        harness.Loop.Start();
        foreach (var group in groups) Assert.Null((await Answer.ReadAsync(group)).Error);
        Assert.Null(harness.Loop.TrySubmit(LoopHarness.Group([9], 5)));
    }

    [Fact]
    public async Task Stopping_ends_every_stream_once()
    {
        var harness = new LoopHarness(options: new SchedulerOptions { MaxRunning = 2 });
        var groups = Enumerable.Range(1, 6).Select(token => harness.Submit(LoopHarness.Group([token], 1_000_000, choices: 2))).ToArray();
        harness.Loop.Start();
        await groups[0].Stream.WaitAsync();
        harness.Dispose();
        foreach (var group in groups) Assert.Equal(EngineErrorCode.EngineStopped, (await Answer.ReadAsync(group)).Error?.Code);
        Assert.Equal(EngineErrorCode.EngineStopped, harness.Loop.TrySubmit(LoopHarness.Group([1], 1))?.Code);
        Assert.False(harness.Loop.Status.Healthy);
        Assert.Equal(0, harness.Runner.LiveSamplers);
    }

    [Fact]
    public async Task A_failed_step_fails_its_sequences_and_the_next_request_is_served()
    {
        using var harness = new LoopHarness();
        var fail = true;
        harness.Runner.Outcome = () => fail ? DecodeStatus.InvalidBatch : DecodeStatus.Ok;
        harness.Loop.Start();
        var answer = await Answer.ReadAsync(harness.Submit(LoopHarness.Group([1, 2], 5)));
        Assert.Equal(EngineErrorCode.DecodeFailed, answer.Error?.Code);
        fail = false;
        answer = await Answer.ReadAsync(harness.Submit(LoopHarness.Group([1, 2], 5)));
        Assert.Equal(LoopHarness.Expected([1, 2], 5), answer.Text);
    }

    [Fact]
    public async Task A_step_without_room_starts_over_and_the_answer_is_the_same()
    {
        using var harness = new LoopHarness();
        var steps = 0;
        harness.Runner.Outcome = () => ++steps is 4 or 5 ? DecodeStatus.NoKvRoom : DecodeStatus.Ok;
        harness.Loop.Start();
        var answer = await Answer.ReadAsync(harness.Submit(LoopHarness.Group([1, 2], 9)));
        Assert.Equal(LoopHarness.Expected([1, 2], 9), answer.Text);
    }

    /// <summary>Random traffic in too little room: sharing, branching, eviction, preemption, cancelling; every answer must be right.</summary>
    [Theory]
    [InlineData(1, true, 1)]
    [InlineData(2, true, 1)]
    [InlineData(3, true, 1)]
    [InlineData(4, true, 1)]
    [InlineData(5, false, 1)]
    [InlineData(6, false, 1)]
    [InlineData(7, true, 6)]
    [InlineData(8, true, 20)]
    public async Task Every_answer_is_right_whatever_is_shared_evicted_or_preempted(int seed, bool sharesPartialPrefixes, int leastSharedTokens)
    {
        const int context = 300;
        var random = new Random(seed);
        var capacity = new RunnerCapacity(10, 340, 32, 10, sharesPartialPrefixes) { LeastSharedTokens = leastSharedTokens };
        var options = new SchedulerOptions
        {
            MaxRunning = 6, MaxWaiting = 1000, MixedPrefillTokens = 8, LeastWarmTokens = 2, ShareWaitTokens = 4,
        };
        using var harness = new LoopHarness(capacity, options, context);
        harness.Runner.Outcome = () => DecodeStatus.Ok;
        harness.Runner.Width = sequences => 1 + (sequences * 7 % 5 % sequences);
        harness.Loop.Start();
        List<int[]> histories = [[1], [1, 2, 3, 4, 5, 6, 7, 8], [9]];
        List<Task> readers = [];
        for (var round = 0; round < 400; round++)
        {
            var start = histories[random.Next(histories.Count)];
            int[] prompt = [.. start.Take(random.Next(1, start.Length + 1)), .. Enumerable.Range(0, random.Next(0, 30)).Select(_ => random.Next(2, 4))];
            var maxTokens = random.Next(1, 60);
            var choices = random.Next(5) == 0 ? random.Next(2, 5) : 1;
            var tenant = random.Next(2) == 0 ? "one" : "two";
            if (prompt.Length + maxTokens > context) continue;
            var sampling = new SamplingSettings { Seed = random.Next(3), IgnoreEndOfText = true };
            var group = harness.Submit(LoopHarness.Group(prompt, maxTokens, tenant, choices, sampling: sampling));
            if (prompt.Length < 120) histories.Add(prompt);
            var cancel = random.Next(5) == 0;
            readers.Add(Task.Run(() => CheckAsync(harness, group, prompt, maxTokens, cancel)));
            Task[] pending = [.. readers.Where(reader => !reader.IsCompleted)];
            if (pending.Length > 20) await Task.WhenAny(pending);
        }

        await Task.WhenAll(readers);
        Assert.Equal(0, harness.Runner.LiveSamplers);

        // The loop publishes its counts at the start of the next step.
        Assert.True(SpinWait.SpinUntil(
            () => harness.Loop.Status is { Running: 0, Waiting: 0 } status && status.KvUsed == harness.Runner.Cells, TimeSpan.FromSeconds(10)));
    }

    private static async Task CheckAsync(LoopHarness harness, SequenceGroup group, int[] prompt, int maxTokens, bool cancel)
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
            var expected = LoopHarness.Expected(prompt, maxTokens, (ulong)(group.Request.Sampling.Seed!.Value + choice));
            Assert.Equal(expected, answer.Texts[choice]);
        }
    }
}
