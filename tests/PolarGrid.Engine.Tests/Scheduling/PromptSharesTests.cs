using PolarGrid.Engine.Scheduling;
using PolarGrid.Engine.Tests.Running;
using Shouldly;

namespace PolarGrid.Engine.Tests.Scheduling;

public sealed class PromptSharesTests
{
    [Theory]
    [InlineData(100, new[] { 400, 10, 300 }, new[] { 25, 10, 65 })] // The oldest gets its quarter, then the shortest go first.
    [InlineData(100, new[] { 10, 400, 300 }, new[] { 10, 0, 90 })]
    [InlineData(1000, new[] { 400, 10, 300 }, new[] { 400, 10, 300 })]
    [InlineData(1, new[] { 400, 10, 300 }, new[] { 1, 0, 0 })]
    [InlineData(0, new[] { 400, 10, 300 }, new[] { 0, 0, 0 })]
    public void Short_prompts_go_first_and_the_oldest_always_moves_on(int budget, int[] lengths, int[] shares)
    {
        var prompts = lengths.Select((length, arrival) =>
        {
            var sequence = LoopHarness.Group(new int[length], 1).Choices[0];
            sequence.Arrival = arrival;
            return sequence;
        }).ToArray();

        PromptShares.Set([.. Enumerable.Reverse(prompts)], budget, spareOutputs: 0);

        prompts.Select(sequence => sequence.Share).ShouldBe(shares);
    }
}
