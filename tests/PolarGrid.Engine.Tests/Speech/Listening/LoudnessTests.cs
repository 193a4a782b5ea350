using PolarGrid.Engine.Speech.Listening;
using Shouldly;

namespace PolarGrid.Engine.Tests.Speech.Listening;

public sealed class LoudnessTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(320)]
    [InlineData(961)]
    public void Energy_is_the_sum_of_the_squares_of_every_sample(int count)
    {
        var samples = Enumerable.Range(0, count).Select(i => MathF.Sin(i * 0.37f)).ToArray();
        Loudness.Energy(samples).ShouldBe((float)samples.Sum(sample => (double)sample * sample), 1e-3f);
    }
}
