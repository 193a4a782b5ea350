using System.Buffers;
using PolarGrid.Engine.Text;

namespace PolarGrid.Engine.Tests.Text;

public sealed class PromptSizeTests
{
    [Fact]
    public void Megabytes_are_refused_without_tokenising_when_even_the_longest_tokens_would_not_fit()
    {
        var tokenizer = new CharacterTokenizer([]);
        Assert.True(PromptSize.LeastTokensBeyond(512, new string('a', 20_000_000), tokenizer) > 512);
        Assert.Equal(0, tokenizer.Encoded);
    }

    [Fact]
    public void A_text_that_is_surely_too_long_is_tokenised_only_as_far_as_needed()
    {
        var tokenizer = new CharacterTokenizer([], longestPiece: 100_000);
        var text = string.Concat(Enumerable.Repeat("word after word ", 1_000_000));
        Assert.True(PromptSize.LeastTokensBeyond(512, text, tokenizer) > 512);
        Assert.InRange(tokenizer.Encoded, 512, 40_000);
    }

    [Fact]
    public void A_text_of_ordinary_size_is_left_to_the_exact_count()
    {
        var tokenizer = new CharacterTokenizer([]);
        Assert.Equal(0, PromptSize.LeastTokensBeyond(512, new string('a', 600), tokenizer));
        Assert.Equal(0, tokenizer.Encoded);
    }

    /// <summary>Their words are looked up whole, so that a long text may have few tokens.</summary>
    [Fact]
    public void Bytes_prove_nothing_where_not_every_byte_is_kept()
    {
        var tokenizer = new WordTokenizer();
        Assert.Equal(0, PromptSize.LeastTokensBeyond(512, "word" + new string(' ', 1_000_000), tokenizer));
        Assert.True(PromptSize.LeastTokensBeyond(512, string.Concat(Enumerable.Repeat("word ", 100_000)), tokenizer) > 512);
    }

    [Fact]
    public void A_surrogate_pair_is_not_cut()
    {
        var tokenizer = new CharacterTokenizer([], longestPiece: 1_000_000);
        var text = "a" + string.Concat(Enumerable.Repeat("🦔", 40_000));
        PromptSize.LeastTokensBeyond(512, text, tokenizer);
        Assert.Equal(0, (tokenizer.Encoded - 1) % 2);
    }

    /// <summary>One token for each word, however long it is; none for what is between them.</summary>
    private sealed class WordTokenizer : ITokenizer
    {
        public int VocabularySize => 1;

        public int LongestPieceBytes => 4;

        public bool KeepsEveryByte => false;

        public int? BeginOfText => null;

        public bool AddsBeginOfText => false;

        public string BeginOfTextPiece => "";

        public string EndOfTextPiece => "";

        public IReadOnlyList<SpecialToken> SpecialTokens => [];

        public void Encode(ReadOnlySpan<char> text, IBufferWriter<int> tokens)
        {
            foreach (var _ in text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)) tokens.Write([0]);
        }

        public int Decode(int token, Span<byte> utf8) => 0;

        public bool IsEndOfGeneration(int token) => false;
    }
}
