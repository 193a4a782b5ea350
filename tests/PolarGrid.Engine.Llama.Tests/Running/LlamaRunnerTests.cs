using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Running;
using PolarGrid.Testing;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Llama.Tests.Running;

public sealed class LlamaRunnerTests(Stories stories) : IClassFixture<Stories>
{
    private const string Opening = "Once upon a time";

    [SharedFact(Stories.File)]
    public void Greedy_text_is_a_story()
    {
        using var runner = stories.CreateRunner();
        var prompt = stories.Model.Tokenizer.Prompt(Opening);

        var text = stories.Model.Tokenizer.Decode(runner.Generate(prompt, 40));

        text.ShouldStartWith(", there was a");
    }

    [SharedFact(Stories.File)]
    public void A_prompt_fed_in_chunks_continues_like_one_fed_at_once()
    {
        using var runner = stories.CreateRunner();
        var prompt = stories.Model.Tokenizer.Prompt("Lily and Tom went to the park. They saw a big dog.");
        var expected = runner.Generate(prompt, 20);
        runner.Clear(0);

        runner.Feed(prompt.AsSpan(0, 5));
        runner.Feed(prompt.AsSpan(5), 0, 5);
        using var sampler = runner.CreateSampler(new SamplingSettings { Temperature = 0 }, prompt);

        runner.Continue(sampler, prompt.Length - 6, prompt.Length, 20, 0).ShouldBe(expected);
    }

    [SharedFact(Stories.File)]
    public void A_copied_prefix_continues_like_a_computed_one()
    {
        using var runner = stories.CreateRunner();
        var tokenizer = stories.Model.Tokenizer;
        var first = tokenizer.Prompt("Once upon a time there was a girl named Sue.");
        int[] second = [.. first, .. tokenizer.Encode("She had a cat.")];
        var expected = runner.Generate(second, 20, sequence: 3);

        runner.Feed(first, 0);
        runner.CopyPrefix(0, 1, first.Length);
        using var sampler = runner.CreateSampler(new SamplingSettings { Temperature = 0 }, second);
        runner.Feed(second.AsSpan(first.Length), 1, first.Length);

        runner.Continue(sampler, second.Length - first.Length - 1, second.Length, 20, 1).ShouldBe(expected);
    }

    [SharedFact(Stories.File)]
    public void A_copied_prefix_survives_its_source()
    {
        using var runner = stories.CreateRunner();
        var prompt = stories.Model.Tokenizer.Prompt("Once upon a time there was a girl named Sue.");
        var expected = runner.Generate(prompt, 20, sequence: 3);

        runner.Feed(prompt.AsSpan(0, prompt.Length - 1), 0);
        runner.CopyPrefix(0, 1, prompt.Length - 1);
        runner.Clear(0);
        runner.Feed(prompt.AsSpan(prompt.Length - 1), 1, prompt.Length - 1);
        using var sampler = runner.CreateSampler(new SamplingSettings { Temperature = 0 }, prompt);

        runner.Continue(sampler, 0, prompt.Length, 20, 1).ShouldBe(expected);
    }

    [SharedFact(Stories.File)]
    public void With_separate_cells_a_part_of_a_sequence_is_copied_and_goes_on_by_itself()
    {
        using var runner = stories.CreateRunner(kvTokens: 8 * 256, layout: KvLayout.Separate);
        var prompt = stories.Model.Tokenizer.Prompt("Once upon a time there was a girl named Sue.");
        var expected = runner.Generate(prompt, 20, sequence: 3);
        runner.Capacity.SequenceTokens.ShouldBe(256);

        runner.Feed([.. prompt, .. prompt], 0);
        runner.CopyPrefix(0, 6, prompt.Length - 1);
        runner.CopyPrefix(6, 1, prompt.Length - 1);
        runner.Clear(0);
        runner.Feed(prompt.AsSpan(prompt.Length - 1), 1, prompt.Length - 1);
        using var sampler = runner.CreateSampler(new SamplingSettings { Temperature = 0 }, prompt);

        runner.Continue(sampler, 0, prompt.Length, 20, 1).ShouldBe(expected);
    }

    [SharedTheory(Stories.File)]
    [InlineData(KvLayout.Shared, new[] { 0, 1, 2, 3 })]
    [InlineData(KvLayout.Separate, new[] { 0, 1, 2, 3 })]
    [InlineData(KvLayout.Separate, new[] { 6, 2, 7, 0 })]
    public void Sequences_in_one_batch_continue_as_each_would_alone(KvLayout layout, int[] slots)
    {
        using var runner = stories.CreateRunner(kvTokens: 8 * 256, layout: layout);
        string[] texts = ["Once upon a time", "Tom had a red ball.", "The dog was sad because", "Lily"];
        int[][] prompts = [.. texts.Select(stories.Model.Tokenizer.Prompt)];
        List<int>[] expected = [.. prompts.Select(prompt =>
        {
            var alone = runner.Generate(prompt, 24, sequence: 5);
            runner.Clear(5);
            return alone;
        })];

        var samplers = prompts.Select(prompt => runner.CreateSampler(new SamplingSettings { Temperature = 0 }, prompt)).ToArray();
        List<int>[] actual = [.. prompts.Select(_ => new List<int>())];
        var batch = new List<BatchEntry>();
        for (var sequence = 0; sequence < prompts.Length; sequence++)
        {
            for (var i = 0; i < prompts[sequence].Length; i++)
            {
                batch.Add(new BatchEntry(prompts[sequence][i], i, slots[sequence], i == prompts[sequence].Length - 1));
            }
        }

        for (var step = 0; step < 24; step++)
        {
            runner.Decode(batch.ToArray()).ShouldBe(DecodeStatus.Ok);
            var last = batch.Select((entry, index) => (entry, index)).Where(pair => pair.entry.Output).ToArray();
            batch.Clear();
            foreach (var (entry, index) in last)
            {
                var which = Array.IndexOf(slots, entry.Sequence);
                var token = samplers[which].Sample(index, allowEnd: false);
                actual[which].Add(token);
                batch.Add(new BatchEntry(token, entry.Position + 1, entry.Sequence, true));
            }
        }

        foreach (var sampler in samplers) sampler.Dispose();
        actual.ShouldBe(expected);
    }

    [SharedFact(Stories.File)]
    public void A_truncated_sequence_continues_from_the_cut()
    {
        using var runner = stories.CreateRunner();
        var prompt = stories.Model.Tokenizer.Prompt(Opening);
        var expected = runner.Generate(prompt, 20);

        runner.Truncate(0, prompt.Length - 1);
        runner.Feed(prompt.AsSpan(prompt.Length - 1), 0, prompt.Length - 1);
        using var sampler = runner.CreateSampler(new SamplingSettings { Temperature = 0 }, prompt);

        runner.Continue(sampler, 0, prompt.Length, 20, 0).ShouldBe(expected);
    }

    [SharedFact(Stories.File)]
    public void A_full_cache_is_reported_and_nothing_is_lost()
    {
        using var runner = stories.CreateRunner(kvTokens: 256, batchTokens: 128);
        var filler = Enumerable.Repeat(stories.Model.Tokenizer.Encode("a")[0], 120).ToArray();
        runner.Feed(filler, 0);
        runner.Feed(filler, 1);

        var entries = filler.Select((token, i) => new BatchEntry(token, i, 2, false)).ToArray();
        runner.Decode(entries).ShouldBe(DecodeStatus.NoKvRoom);

        runner.Clear(0);
        runner.Decode(entries).ShouldBe(DecodeStatus.Ok);
    }

    [SharedFact(Stories.File)]
    public void Entries_outside_the_runner_are_refused_before_native_code()
    {
        using var runner = stories.CreateRunner(sequences: 2, batchTokens: 64);
        var good = new BatchEntry(1, 0, 0, true);

        runner.Decode([]).ShouldBe(DecodeStatus.InvalidBatch);
        runner.Decode([good with { Token = -1 }]).ShouldBe(DecodeStatus.InvalidBatch);
        runner.Decode([good with { Token = stories.Model.Tokenizer.VocabularySize }]).ShouldBe(DecodeStatus.InvalidBatch);
        runner.Decode([good with { Sequence = 2 }]).ShouldBe(DecodeStatus.InvalidBatch);
        runner.Decode([good with { Position = -1 }]).ShouldBe(DecodeStatus.InvalidBatch);
        runner.Decode([good with { Position = 5 }]).ShouldBe(DecodeStatus.Ok);
        runner.Decode([good with { Position = 9 }]).ShouldBe(DecodeStatus.InvalidBatch);
        runner.Decode(Enumerable.Range(0, 65).Select(i => good with { Position = i, Output = false }).ToArray())
            .ShouldBe(DecodeStatus.InvalidBatch);
        runner.Decode(Enumerable.Range(0, 3).Select(i => good with { Position = i, Sequence = 1 }).ToArray())
            .ShouldBe(DecodeStatus.InvalidBatch);
        Should.Throw<ArgumentOutOfRangeException>(() => runner.Clear(2));
        Should.Throw<ArgumentOutOfRangeException>(() => runner.Truncate(-1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => runner.CopyPrefix(1, 0, 1));
        Should.Throw<ArgumentException>(() => runner.CopyPrefix(0, 0, 1));
    }

    [SharedFact(Stories.File)]
    public void A_sampler_refuses_an_entry_without_output()
    {
        using var runner = stories.CreateRunner();
        using var sampler = runner.CreateSampler(new SamplingSettings { Temperature = 0 }, []);
        Should.Throw<ArgumentOutOfRangeException>(() => sampler.Sample(0, true));

        runner.Decode([new BatchEntry(1, 0, 0, false), new BatchEntry(1, 1, 0, true)]).ShouldBe(DecodeStatus.Ok);

        Should.Throw<ArgumentOutOfRangeException>(() => sampler.Sample(0, true));
        Should.Throw<ArgumentOutOfRangeException>(() => sampler.Sample(2, true));
        Should.Throw<ArgumentOutOfRangeException>(() => sampler.Sample(-1, true));
        sampler.Sample(1, true).ShouldBeInRange(0, stories.Model.Tokenizer.VocabularySize - 1);
    }

    [SharedFact(Stories.File)]
    public void Weights_live_as_long_as_a_runner_needs_them()
    {
        var model = Stories.Load(Stories.File);
        var runner = model.CreateRunner(new LlamaRunnerOptions { KvTokens = 256, Threads = 1 }, TimeProvider.System);
        model.Dispose();

        runner.Generate(model.Tokenizer.Prompt(Opening), 4).Count.ShouldBe(4);

        runner.Dispose();
        Should.Throw<ObjectDisposedException>(() => model.Tokenizer.Encode("more"));
    }

    [SharedFact(Stories.File)]
    public void A_disposed_runner_refuses()
    {
        var runner = stories.CreateRunner();
        runner.Dispose();
        runner.Dispose();

        Should.Throw<ObjectDisposedException>(() => runner.Decode([new BatchEntry(1, 0, 0, true)]));
        Should.Throw<ObjectDisposedException>(() => runner.Clear(0));
    }

    [SharedFact(Stories.File)]
    public void A_step_allocates_nothing()
    {
        using var runner = stories.CreateRunner();
        var prompt = stories.Model.Tokenizer.Prompt(Opening);
        using var sampler = runner.CreateSampler(new SamplingSettings { Temperature = 0.7f, TopP = 0.9f, Seed = 1 }, prompt);
        runner.Feed(prompt);
        var next = runner.Continue(sampler, prompt.Length - 1, prompt.Length, 10, 0)[^1];
        var entries = new BatchEntry[1];

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var position = prompt.Length + 9; position < prompt.Length + 59; position++)
        {
            entries[0] = new BatchEntry(next, position, 0, true);
            if (runner.Decode(entries) != DecodeStatus.Ok) throw new InvalidOperationException();
            next = sampler.Sample(0, false);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [InlineData(0, 512, 8, "KvTokens")]
    [InlineData(512, 0, 8, "BatchTokens")]
    [InlineData(512, 512, 257, "Sequences")]
    public void Sizes_out_of_range_are_named(int kvTokens, int batchTokens, int sequences, string name)
    {
        var options = new LlamaRunnerOptions { KvTokens = kvTokens, BatchTokens = batchTokens, Sequences = sequences };
        options.Validate().ShouldNotBeNull().ShouldContain(name);
    }
}
