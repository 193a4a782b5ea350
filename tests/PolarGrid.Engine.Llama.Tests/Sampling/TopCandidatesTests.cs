using PolarGrid.Engine.Llama.Sampling;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Llama.Tests.Sampling;

public sealed unsafe class TopCandidatesTests
{
    [Theory]
    [InlineData(512, 40)]
    [InlineData(512, 5)]
    [InlineData(100, 99)]
    [InlineData(49_152, 40)]
    [InlineData(49_152, 700)]
    [InlineData(49_152, 2)]
    [InlineData(65, 1)]
    public void The_likeliest_tokens_are_among_few_candidates(int size, int k)
    {
        using var scratch = new SamplingScratch(size);
        var row = Rows.Random(size, 2, seed: k);

        var count = TopCandidates.Gather(row, k, scratch);

        var gathered = new HashSet<int>();
        for (var i = 0; i < count; i++)
        {
            gathered.Add(scratch.Candidates[i].Id);
            scratch.Candidates[i].Logit.ShouldBe(row[scratch.Candidates[i].Id]);
        }

        gathered.Count.ShouldBe(count);
        Enumerable.Range(0, size).OrderByDescending(id => row[id]).Take(k).ShouldAllBe(id => gathered.Contains(id));
        if (size > 10_000 && k < 100) count.ShouldBeLessThan(k * 4);
    }

    [Fact]
    public void Numbers_that_are_none_are_left_out()
    {
        using var scratch = new SamplingScratch(200);
        var row = Rows.Random(200, 1, seed: 1);
        row[3] = float.NaN;
        row[70] = float.NaN;

        var count = TopCandidates.Gather(row, 2, scratch);

        for (var i = 0; i < count; i++) scratch.Candidates[i].Id.ShouldNotBeOneOf(3, 70);
    }
}
