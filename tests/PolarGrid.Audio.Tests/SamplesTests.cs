using Shouldly;

namespace PolarGrid.Audio.Tests;

public sealed class SamplesTests
{
    /// <summary>Lengths around what a processor takes at once.</summary>
    public static TheoryData<int> Lengths => [0, 1, 7, 8, 15, 16, 17, 33, 100];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Every_sample_is_limited(int length)
    {
        var from = Enumerable.Range(0, length).Select(i => (i - (length / 2)) * 0.3f).ToArray();
        var to = new float[length + 3];
        Samples.CopyLimited(from, to).ShouldBeTrue();
        to[..length].ShouldBe(from.Select(sample => Math.Clamp(sample, -1f, 1f)));
        to[length..].ShouldBe([0f, 0f, 0f]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_sample_that_is_no_finite_number_is_found_wherever_it_is(float bad)
    {
        for (var place = 0; place < 40; place++)
        {
            var samples = new float[40];
            samples[place] = bad;
            Samples.CopyLimited(samples, samples).ShouldBeFalse();
        }
    }

    [Fact]
    public void The_largest_numbers_are_limited_too()
    {
        float[] samples = [.. Enumerable.Repeat(float.MaxValue, 20), .. Enumerable.Repeat(float.MinValue, 20)];
        Samples.CopyLimited(samples, samples).ShouldBeTrue();
        samples.ShouldBe([.. Enumerable.Repeat(1f, 20), .. Enumerable.Repeat(-1f, 20)]);
    }
}
