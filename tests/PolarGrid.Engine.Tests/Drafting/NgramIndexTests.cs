using PolarGrid.Engine.Drafting;

namespace PolarGrid.Engine.Tests.Drafting;

public sealed class NgramIndexTests
{
    [Fact]
    public void What_stood_before_is_found_with_its_length()
    {
        int[] tokens = [1, 2, 3, 4, 5, 9, 3, 4, 5];
        Assert.Equal((5, 3), Filled(tokens[..^1]).Find(tokens));
    }

    [Fact]
    public void A_longer_match_further_back_goes_before_a_short_recent_one()
    {
        int[] tokens = [1, 2, 3, 4, 5, 70, 3, 4, 71, 1, 2, 3, 4];
        Assert.Equal((4, 4), Filled(tokens[..^1]).Find(tokens));
    }

    [Fact]
    public void Of_equal_matches_the_latest_is_found()
    {
        int[] tokens = [1, 2, 50, 1, 2, 60, 1, 2];
        Assert.Equal((5, 2), Filled(tokens[..^1]).Find(tokens));
    }

    [Fact]
    public void A_single_token_in_common_is_no_match()
    {
        int[] tokens = [1, 2, 3, 4, 5, 2];
        Assert.Equal((0, 0), Filled(tokens[..^1]).Find(tokens));
        Assert.Equal((0, 0), Filled([]).Find([7]));
        Assert.Equal((0, 0), Filled([]).Find([]));
    }

    [Fact]
    public void Matches_are_measured_up_to_a_bound()
    {
        int[] once = [.. Enumerable.Range(1, 50)];
        int[] tokens = [.. once, .. once];
        Assert.Equal((50, NgramIndex.LongestMatch), Filled(tokens[..^1]).Find(tokens));
    }

    [Theory]
    [InlineData(1, 2 * 1024)]
    [InlineData(4097, 64 * 1024)]
    [InlineData(32_768, 256 * 1024)]
    [InlineData(int.MaxValue, 256 * 1024)]
    public void Memory_grows_with_the_list_up_to_a_bound(int tokens, long bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var index = new NgramIndex(tokens);
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(index);

        Assert.InRange(taken, bytes, bytes + 256);
    }

    /// <summary>In few places nearly every run falls on another one's: then some are not found, but what is found is there.</summary>
    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 40)]
    [InlineData(3, 200)]
    public void What_is_found_stands_there_whatever_collides(int seed, int vocabulary)
    {
        var random = new Random(seed);
        var index = new NgramIndex(1);
        List<int> tokens = [];
        var found = 0;
        for (var at = 0; at < 5000; at++)
        {
            tokens.Add(random.Next(vocabulary));
            var all = tokens.ToArray();
            var (end, length) = index.Find(all);
            if (length > 0)
            {
                found++;
                Assert.InRange(end, length, all.Length - 1);
                Assert.InRange(length, NgramIndex.LeastMatch, NgramIndex.LongestMatch);
                Assert.Equal(all[^length..], all[(end - length)..end]);
                if (length < NgramIndex.LongestMatch && end > length) Assert.NotEqual(all[^(length + 1)], all[end - length - 1]);
            }

            index.Add(all);
        }

        Assert.True(found > 0);
    }

    [Fact]
    public void Every_recent_pair_is_found_while_there_is_room()
    {
        var index = new NgramIndex(4096);
        int[] tokens = [.. Enumerable.Range(0, 60)];
        for (var at = 1; at <= tokens.Length; at++) index.Add(tokens.AsSpan(0, at));
        for (var at = 2; at <= tokens.Length; at++) Assert.Equal((at, 2), index.Find([.. tokens, -1, tokens[at - 2], tokens[at - 1]]));
    }

    private static NgramIndex Filled(int[] tokens)
    {
        var index = new NgramIndex(tokens.Length);
        for (var at = 1; at <= tokens.Length; at++) index.Add(tokens.AsSpan(0, at));
        return index;
    }
}
