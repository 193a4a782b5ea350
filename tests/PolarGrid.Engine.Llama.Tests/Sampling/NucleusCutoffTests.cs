using PolarGrid.Engine.Llama.Sampling;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Llama.Tests.Sampling;

public sealed class NucleusCutoffTests
{
    public static TheoryData<int, double> Shapes { get; } = new()
    {
        { 1, 1 }, { 7, 1 }, { 512, 0.01 }, { 512, 1 }, { 512, 8 }, { 5000, 0.5 }, { 5000, 3 }, { 49_152, 0.1 }, { 49_152, 2 }, { 49_152, 6 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void As_many_tokens_are_kept_as_sorting_all_would_keep(int size, double spread)
    {
        using var scratch = new SamplingScratch(size);
        var row = Rows.Random(size, spread, seed: size);
        var weights = new float[size];
        var sum = Weights.Compute(row, row.Max(), 1, weights);
        var sorted = weights.OrderDescending().ToArray();
        foreach (var share in (float[])[1e-6f, 0.1f, 0.5f, 0.9f, 0.95f, 0.999f, 0.999999f])
        {
            var cutoff = NucleusCutoff.Find(weights, sum, share, scratch);

            var running = 0.0;
            var expected = sorted.TakeWhile(weight =>
            {
                var before = running;
                running += weight;
                return before < share * sum;
            }).Count();

            // Sums in another order differ in their last digits, which matters where thousands of tokens weigh nearly the same.
            ((double)weights.Count(weight => weight >= cutoff)).ShouldBe(expected, 1 + (expected / 5000), $"share {share}");
        }
    }

    [Fact]
    public void Equal_tokens_at_the_border_stay_together()
    {
        using var scratch = new SamplingScratch(10);
        float[] weights = [1, 0.5f, 0.5f, 0.5f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f];
        NucleusCutoff.Find(weights, weights.Sum(x => (double)x), 0.5f, scratch).ShouldBe(0.5f);
    }
}
