using PolarGrid.Engine.Drafting;

namespace PolarGrid.Engine.Tests.Drafting;

public sealed class PassCostsTests
{
    [Fact]
    public void Between_measured_widths_costs_are_interpolated_and_may_fall()
    {
        var costs = new PassCosts([(1, 5), (2, 13), (4, 19), (8, 17)]);
        Assert.Equal(8, costs.MostRows);
        Assert.Equal([5, 13, 16, 19, 18.5, 18, 17.5, 17], Enumerable.Range(1, 8).Select(costs.Of));
    }

    [Fact]
    public void One_row_is_needed_rows_ascend_and_a_pass_takes_time()
    {
        Assert.Throws<ArgumentException>(() => new PassCosts([]));
        Assert.Throws<ArgumentException>(() => new PassCosts([(2, 5)]));
        Assert.Throws<ArgumentException>(() => new PassCosts([(1, 5), (1, 6)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PassCosts([(1, 5), (2, 0)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PassCosts([(1, double.NaN)]));
    }
}
