using PolarGrid.Engine.Sherpa.Listening;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Sherpa.Tests.Listening;

/// <summary>Texts as Moonshine models really wrote them.</summary>
public sealed class RunawayTests
{
    [Theory]
    [InlineData("Dr. Smith, 121B Baker City, London 121B Baker City, London 121B Baker City, London 121B", "Dr. Smith, 121B Baker City, London")]
    [InlineData("Call 1-800-500-5000. Call 1-800-500-5000. Call 1-800-500-5000. Call 1-8", "Call 1-800-500-5000.")]
    [InlineData("100, 100, 100, 100, 100, 100, 1", "100,")]
    [InlineData("01991-800-55-0199999999999", "01991-800-55-019")]
    [InlineData("Never been.", "Never been.")]
    [InlineData("no, no, and that is it.", "no, no, and that is it.")]
    [InlineData("", "")]
    public void What_stands_three_times_at_the_end_is_kept_once(string text, string kept) => Runaway.Cut(text).ShouldBe(kept);

    [Theory]
    [InlineData(53, 3.59, true)]
    [InlineData(202, 13.56, true)]
    [InlineData(29, 3.95, false)]
    [InlineData(0, 0.5, false)]
    public void More_tokens_than_anybody_speaks_are_no_speech(int tokens, double seconds, bool expected) => Runaway.Is(tokens, seconds).ShouldBe(expected);
}
