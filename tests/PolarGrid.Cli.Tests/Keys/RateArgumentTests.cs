using PolarGrid.Cli.Keys;
using Shouldly;

namespace PolarGrid.Cli.Tests.Keys;

public sealed class RateArgumentTests
{
    [Theory]
    [InlineData("default", null)]
    [InlineData("none", 0)]
    [InlineData("1", 1)]
    [InlineData("1000000", 1_000_000)]
    public void Is_shown_as_it_is_written(string text, int? rate)
    {
        RateArgument.TryRead(text, out var read).ShouldBeTrue();

        read.ShouldBe(rate);
        RateArgument.Show(read).ShouldBe(text);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1000001")]
    [InlineData("99999999999")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("None")]
    [InlineData("")]
    public void Anything_else_is_refused(string text) => RateArgument.TryRead(text, out _).ShouldBeFalse();
}
