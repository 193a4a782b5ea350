using System.Text;
using PolarGrid.Engine.Llama.Text;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Llama.Tests.Text;

public sealed class MarkupGuardTests
{
    [Theory]
    [InlineData("<|im_start|>", true)]
    [InlineData("<｜User｜>", true)]
    [InlineData("<table>", false)]
    [InlineData("   ", false)]
    [InlineData("<|", false)]
    public void Markup_is_told_by_its_shape(string text, bool expected) =>
        MarkupGuard.IsMarkup(Encoding.UTF8.GetBytes(text)).ShouldBe(expected);

    [Theory]
    [InlineData("no markup at all", "no markup at all")]
    [InlineData("a <|x|> b", "a <", "|x|> b")]
    [InlineData("<|x|>", "<", "|x|>")]
    [InlineData("<｜x｜>!", "<", "｜x｜>!")]
    [InlineData("<<|x|><|y|>", "<<", "|x|><", "|y|>")]
    [InlineData("a <| b", "a <| b")]
    [InlineData("if (a < b) c |> d", "if (a < b) c |> d")]
    [InlineData("<| too far away |>", "<| too far away |>")]
    [InlineData("<", "<")]
    public void Text_is_cut_inside_what_looks_like_markup(string text, params string[] parts)
    {
        var rest = Encoding.UTF8.GetBytes(text).AsSpan();
        var actual = new List<string>();
        while (!rest.IsEmpty)
        {
            var length = MarkupGuard.NextPart(rest, longest: 12);
            actual.Add(Encoding.UTF8.GetString(rest[..length]));
            rest = rest[length..];
        }

        actual.ShouldBe(parts);
    }

    [Fact]
    public void A_model_without_such_tokens_sees_the_text_whole() => MarkupGuard.NextPart("<|x|>"u8, longest: 0).ShouldBe(5);
}
