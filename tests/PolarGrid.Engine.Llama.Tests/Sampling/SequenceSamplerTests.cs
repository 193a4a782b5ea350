using PolarGrid.Testing;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Llama.Tests.Sampling;

public sealed class SequenceSamplerTests(Stories stories) : IClassFixture<Stories>
{
    private const int Length = 30;

    [SharedFact(Stories.File)]
    public void The_same_seed_tells_the_same_story()
    {
        var settings = new SamplingSettings { Temperature = 1, TopP = 0.9f, Seed = 7 };
        Tell(settings).ShouldBe(Tell(settings));
        Tell(settings).ShouldNotBe(Tell(settings with { Seed = 8 }));
        Tell(settings with { TopK = 20 }).ShouldBe(Tell(settings with { TopK = 20 }));
    }

    [SharedFact(Stories.File)]
    public void A_large_bias_forces_a_token_and_a_low_one_bans_it()
    {
        var greedy = Tell(new SamplingSettings { Temperature = 0 });
        var forced = greedy.Max();

        Tell(new SamplingSettings { Temperature = 0, LogitBias = [new(forced, 100)] }).ShouldAllBe(token => token == forced);
        Tell(new SamplingSettings { Temperature = 0, LogitBias = [new(greedy[0], -100)] }).ShouldNotContain(greedy[0]);
    }

    [SharedFact(Stories.File)]
    public void Penalties_change_the_story()
    {
        var greedy = Tell(new SamplingSettings { Temperature = 0 });
        int Most(List<int> story) => story.GroupBy(token => token).Max(group => group.Count());

        var frequency = Tell(new SamplingSettings { Temperature = 0, FrequencyPenalty = 2 });
        frequency.ShouldNotBe(greedy);
        Most(frequency).ShouldBeLessThanOrEqualTo(Most(greedy));
        Tell(new SamplingSettings { Temperature = 0, PresencePenalty = 2 }).ShouldNotBe(greedy);
        Tell(new SamplingSettings { Temperature = 0, RepetitionPenalty = 1.8f }).ShouldNotBe(greedy);
    }

    [SharedFact(Stories.File)]
    public void An_answer_that_may_not_end_does_not()
    {
        var tokenizer = stories.Model.Tokenizer;
        var settings = new SamplingSettings { Temperature = 0, LogitBias = [.. EndBiases()] };
        using var runner = stories.CreateRunner();
        var prompt = tokenizer.Prompt("The end.");

        tokenizer.IsEndOfGeneration(runner.Generate(prompt, 1, settings, allowEnd: true)[0]).ShouldBeTrue();
        runner.Clear(0);
        runner.Generate(prompt, Length, settings, allowEnd: false).ShouldAllBe(token => !tokenizer.IsEndOfGeneration(token));

        IEnumerable<LogitBias> EndBiases() =>
            Enumerable.Range(0, tokenizer.VocabularySize).Where(tokenizer.IsEndOfGeneration).Select(token => new LogitBias(token, 100));
    }

    [SharedFact(Stories.File)]
    public void Choices_that_read_one_row_do_not_disturb_each_other()
    {
        using var runner = stories.CreateRunner();
        var prompt = stories.Model.Tokenizer.Prompt("Once upon a time");
        using var plain = runner.CreateSampler(new SamplingSettings { Temperature = 0 }, prompt);
        using var edited = runner.CreateSampler(new SamplingSettings { Temperature = 0, LogitBias = [new(100, 100)] }, prompt);
        runner.Feed(prompt);

        var first = plain.Sample(prompt.Length - 1, allowEnd: true);
        edited.Sample(prompt.Length - 1, allowEnd: false).ShouldBe(100);

        plain.Sample(prompt.Length - 1, allowEnd: true).ShouldBe(first);
    }

    [SharedFact(Stories.File)]
    public void Settings_out_of_range_never_reach_native_code()
    {
        using var runner = stories.CreateRunner();
        Should.Throw<ArgumentException>(() => runner.CreateSampler(new SamplingSettings { Temperature = float.NaN }, []));
        Should.Throw<ArgumentException>(() => runner.CreateSampler(new SamplingSettings { LogitBias = [new(512, 1)] }, []));
        Should.Throw<ArgumentOutOfRangeException>(() => runner.CreateSampler(new SamplingSettings(), [512]));
    }

    private List<int> Tell(SamplingSettings settings)
    {
        using var runner = stories.CreateRunner();
        return runner.Generate(stories.Model.Tokenizer.Prompt("Once upon a time"), Length, settings);
    }
}
