using System.Buffers;
using PolarGrid.Engine.Templates;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Tests.Text;

public sealed class PromptTokenizerTests
{
    private const int Start = 900, End = 901, LongEnd = 902;

    [Fact]
    public void Template_text_becomes_control_tokens_and_the_text_between_stays_whole() =>
        Assert.Equal([Start, 'h', 'i', End], Encode("<s>hi<e>", new TextRange(0, 8)));

    [Fact]
    public void A_control_token_typed_by_a_caller_stays_text()
    {
        const string text = "<s>a<e>b<e>";
        Assert.Equal([Start, 'a', '<', 'e', '>', 'b', End], Encode(text, new TextRange(0, 3), new TextRange(8, 3)));
    }

    [Fact]
    public void A_control_token_half_from_the_template_and_half_from_a_caller_stays_text() =>
        Assert.Equal(['<', 'e', '>'], Encode("<e>", new TextRange(0, 2)));

    [Fact]
    public void The_longest_control_token_wins() => Assert.Equal([LongEnd], Encode("<e><!>", new TextRange(0, 6)));

    [Fact]
    public void White_space_beside_a_stripping_token_is_dropped() =>
        Assert.Equal(['a', LongEnd, 'b'], Encode("a \n<e><!> b", new TextRange(0, 11)));

    [Fact]
    public void A_model_without_control_tokens_reads_everything_as_text()
    {
        var tokens = new ArrayBufferWriter<int>();
        new PromptTokenizer(new CharacterTokenizer([])).Encode(new RenderedPrompt("<e>", [new TextRange(0, 3)]), tokens);
        Assert.Equal(['<', 'e', '>'], tokens.WrittenSpan.ToArray());
    }

    private static int[] Encode(string text, params TextRange[] trusted)
    {
        var tokenizer = new CharacterTokenizer(
            [new SpecialToken("<e><!>", LongEnd, StripLeft: true, StripRight: true), new SpecialToken("<s>", Start), new SpecialToken("<e>", End)]);
        var tokens = new ArrayBufferWriter<int>();
        new PromptTokenizer(tokenizer).Encode(new RenderedPrompt(text, trusted), tokens);
        return tokens.WrittenSpan.ToArray();
    }
}
