using System.Numerics.Tensors;
using PolarGrid.Engine.Drafting;
using PolarGrid.Engine.Llama.Cpu;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Running;
using PolarGrid.Testing;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Llama.Tests.Cpu;

/// <summary>The other build is the plainest that there is: it runs on every x86-64 processor, and none would choose it.</summary>
public sealed class CpuSwitchTests(Stories stories) : IClassFixture<Stories>
{
    private const string Plainest = "x64";

    /// <summary>Two rows and more are cheap with the other build, one is not.</summary>
    private static readonly BuildChoice FromTwoOn = new(new PassCosts([(1, 1), (32, 100)]), new PassCosts([(1, 2), (2, 1), (32, 50)]));

    [OtherBuildFact(Plainest, Stories.File)]
    public void The_other_build_computes_the_same_up_to_rounding()
    {
        using var plain = CreateRunner(null);
        using var runner = CreateRunner(OtherBuildFactAttribute.Load(Plainest));
        var prompt = stories.Model.Tokenizer.Prompt("Lily and Tom went to the park.");
        prompt.Length.ShouldBeInRange(2, 32);

        plain.Feed(prompt);
        runner.Feed(prompt);

        runner.OtherBuildPasses.ShouldBe(1);
        ReadOnlySpan<float> expected = plain.Logits(prompt.Length - 1);
        ReadOnlySpan<float> found = runner.Logits(prompt.Length - 1);
        TensorPrimitives.Distance(expected, found).ShouldBeLessThan(0.01f * TensorPrimitives.Norm(expected));
        found.SequenceEqual(expected).ShouldBeFalse("another build adds in another order, so equal bits would mean that it was not used");
    }

    [OtherBuildFact(Plainest, Stories.File)]
    public void An_answer_goes_on_with_one_build_from_cells_that_the_other_one_filled()
    {
        using var plain = CreateRunner(null);
        using var runner = CreateRunner(OtherBuildFactAttribute.Load(Plainest));
        var prompt = stories.Model.Tokenizer.Prompt("Once upon a time");

        var text = runner.Generate(prompt, 30);

        text.ShouldBe(plain.Generate(prompt, 30));
        runner.OtherBuildPasses.ShouldBe(1, "the prompt has several rows, the answer's passes one each");
    }

    [OtherBuildFact(Plainest, Stories.File)]
    public void Without_a_measurement_the_chosen_build_computes_everything()
    {
        using var runner = CreateRunner(OtherBuildFactAttribute.Load(Plainest));
        runner.Builds = null;

        runner.Generate(stories.Model.Tokenizer.Prompt("Once upon a time"), 5);

        runner.OtherBuildPasses.ShouldBe(0);
    }

    [OtherBuildFact(Plainest, Stories.File)]
    public void Runners_with_and_without_another_build_live_side_by_side()
    {
        var prompt = stories.Model.Tokenizer.Prompt("Once upon a time");
        using var plain = CreateRunner(null);
        var expected = plain.Generate(prompt, 20);
        for (var round = 0; round < 3; round++)
        {
            using var one = CreateRunner(OtherBuildFactAttribute.Load(Plainest));
            using var two = CreateRunner(OtherBuildFactAttribute.Load(Plainest));
            one.Generate(prompt, 20).ShouldBe(expected);
            two.Generate(prompt, 20).ShouldBe(expected);
            (one.OtherBuildPasses, two.OtherBuildPasses).ShouldBe((1, 1));
        }

        plain.Clear(0);
        plain.Generate(prompt, 20).ShouldBe(expected);
    }

    /// <summary>The library refuses 8-bit values without fused attention, which it turns off where a layer's device is not the backend's.</summary>
    [PolarTinyFact]
    public void Attention_stays_fused()
    {
        using var tiny = new PolarTiny();
        using var runner = tiny.Model.CreateRunner(
            new LlamaRunnerOptions { KvTokens = 256, Sequences = 1, Threads = 1, KvType = KvType.Q8 }, TimeProvider.System);
        runner.Capacity.KvTokens.ShouldBe(256);
    }

    [Fact]
    public void A_build_that_is_not_there_is_none() => CpuBuild.Load(Stories.Backend.LibraryFolder, "abacus").ShouldBeNull();

    [Theory]
    [InlineData("haswell")]
    [InlineData("sapphirerapids")]
    [InlineData("armv8.2_1")]
    public void Only_beside_a_build_for_wide_vectors_is_another_one_tried(string chosen) =>
        CpuBuild.Beside(chosen, Stories.Backend.LibraryFolder).ShouldBeNull();

    private LlamaRunner CreateRunner(CpuBuild? other)
    {
        var options = new LlamaRunnerOptions { KvTokens = 1024, Sequences = 4, BatchTokens = 128, Threads = 2 };
        var runner = stories.Model.CreateRunner(options, TimeProvider.System, other);
        if (other is not null) runner.Builds = FromTwoOn;
        return runner;
    }
}
