using PolarGrid.Engine.Drafting;
using PolarGrid.Engine.Llama.Cpu;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Llama.Tests.Cpu;

public sealed class BuildChoiceTests
{
    /// <summary>As measured with 135M parameters in 8 bits on two cores with 512-bit vectors, milliseconds.</summary>
    private static readonly PassCosts Wide = new([(1, 6.1), (2, 15.1), (4, 22.5), (8, 24.6), (16, 25.6), (32, 47)]);

    private static readonly PassCosts Narrow = new([(1, 7.5), (2, 15), (4, 17.9), (8, 16.1), (16, 30.5), (24, 42)]);

    private readonly BuildChoice choice = new(Wide, Narrow);

    [Theory]
    [InlineData(1, false)]
    [InlineData(4, true)]
    [InlineData(8, true)]
    [InlineData(16, false)]
    public void The_quicker_build_computes_a_pass(int rows, bool other) => choice.UsesOther(rows).ShouldBe(other);

    [Fact]
    public void A_difference_within_the_noise_leaves_a_pass_to_the_chosen_build() => choice.UsesOther(2).ShouldBeFalse();

    [Fact]
    public void What_was_not_measured_of_both_is_left_to_the_chosen_build()
    {
        choice.UsesOther(25).ShouldBeFalse();
        choice.UsesOther(512).ShouldBeFalse();
    }

    [Fact]
    public void Costs_are_those_of_the_build_that_computes()
    {
        var costs = new PassCosts(choice.Costs);

        costs.MostRows.ShouldBe(32);
        costs.Of(1, 0).ShouldBe(6.1);
        costs.Of(8, 0).ShouldBe(16.1);
        costs.Of(32, 0).ShouldBe(47);
    }
}
