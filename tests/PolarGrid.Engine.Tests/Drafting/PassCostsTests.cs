using PolarGrid.Engine.Drafting;

namespace PolarGrid.Engine.Tests.Drafting;

public sealed class PassCostsTests
{
    [Fact]
    public void Between_measured_widths_costs_are_interpolated_and_may_fall()
    {
        var costs = new PassCosts([(1, 5), (2, 13), (4, 19), (8, 17)]);
        Assert.Equal(8, costs.MostRows);
        Assert.Equal([5, 13, 16, 19, 18.5, 18, 17.5, 17], Enumerable.Range(1, 8).Select(rows => costs.Of(rows, 1000)));
    }

    [Fact]
    public void Attention_costs_by_rows_and_cells()
    {
        var costs = new PassCosts([(1, 5), (2, 13)], perRowAndCell: 0.5);
        Assert.Equal([5, 10, 23], [costs.Of(1, 0), costs.Of(1, 10), costs.Of(2, 10)]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PassCosts([(1, 5)], -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PassCosts([(1, 5)], double.NaN));
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
