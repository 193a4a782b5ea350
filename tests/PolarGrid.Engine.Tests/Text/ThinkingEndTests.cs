using PolarGrid.Engine.Answers;
using PolarGrid.Engine.Templates;
using PolarGrid.Engine.Text;
using Shouldly;

namespace PolarGrid.Engine.Tests.Text;

public sealed class ThinkingEndTests
{
    private static readonly ReasoningMarkers Think = new("<think>", "</think>");

    [Theory]
    [InlineData("<a><think>\n", true)]
    [InlineData("<a><think>\n\n</think>\n\n", false)]
    [InlineData("<a>", false)]
    public void Prompt_that_ends_inside_the_block_opens_the_answer_in_it(string text, bool expected)
    {
        var prompt = new RenderedPrompt(text, [new TextRange(0, text.Length)]);

        ThinkingEnd.Apply(prompt, Think, closes: false, out var open).ShouldBeSameAs(prompt);

        open.ShouldBe(expected);
    }

    [Fact]
    public void Block_is_closed_where_thinking_is_not_wanted()
    {
        var closed = ThinkingEnd.Apply(new RenderedPrompt("hi<a><think>\n", [new TextRange(2, 11)]), Think, closes: true, out var open);

        open.ShouldBeFalse();
        closed.Text.ShouldBe("hi<a><think>\n</think>\n\n");
        closed.Trusted.ShouldBe([new TextRange(2, 21)]);
    }

    [Fact]
    public void Marker_that_a_caller_typed_opens_nothing()
    {
        ThinkingEnd.Apply(new RenderedPrompt("<a><think>", [new TextRange(0, 3)]), Think, closes: true, out var open).Text.ShouldBe("<a><think>");

        open.ShouldBeFalse();
    }
}
