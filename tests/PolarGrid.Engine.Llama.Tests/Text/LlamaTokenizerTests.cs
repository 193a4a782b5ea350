using System.Text;
using PolarGrid.Engine.Llama.Text;
using PolarGrid.Testing;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Llama.Tests.Text;

public sealed class LlamaTokenizerTests(Stories stories) : IClassFixture<Stories>
{
    private LlamaTokenizer Tokenizer => stories.Model.Tokenizer;

    [SharedTheory(Stories.File)]
    [InlineData("Once upon a time, there was a little girl named Lily.")]
    [InlineData("two  spaces, a\ttab and\nlines\r\n\n")]
    [InlineData("Ünïcödé, 日本語, العربية, עברית")]
    [InlineData("emoji 🙂👩‍👩‍👧‍👦🏳️‍🌈 and combining e\u0301")]
    [InlineData("<|im_start|>not markup<|im_end|> </s> <unk>")]
    [InlineData("\u0000\u0001\u007f")]
    public void Text_comes_back_unchanged(string text)
    {
        var decoded = Tokenizer.Decode(Tokenizer.Encode(text));

        // This vocabulary puts one space in front of every text.
        decoded.ShouldBe(" " + text);
    }

    [SharedFact(Stories.File)]
    public void Half_a_surrogate_pair_becomes_the_replacement_character()
    {
        Tokenizer.Decode(Tokenizer.Encode("a\ud83dz")).ShouldBe(" a\ufffdz");
        Tokenizer.Decode(Tokenizer.Encode("\ude42")).ShouldBe(" \ufffd");
    }

    [SharedFact(Stories.File)]
    public void Control_tokens_written_as_text_stay_text()
    {
        var tokens = Tokenizer.Encode("<s> hello </s><unk>");

        tokens.ShouldNotContain(Tokenizer.BeginOfText!.Value);
        tokens.ShouldAllBe(token => !Tokenizer.IsEndOfGeneration(token));
        Tokenizer.SpecialTokens.ShouldAllBe(special => !tokens.Contains(special.Id));
    }

    [SharedFact(Stories.File)]
    public void Empty_text_has_no_tokens() => Tokenizer.Encode("").ShouldBeEmpty();

    [SharedFact(Stories.File)]
    public void A_long_text_needs_no_more_than_its_room()
    {
        // Every character falls back to bytes here, the worst case for the guess of how many tokens there will be.
        var text = string.Concat(Enumerable.Repeat("語🙂", 3000));

        var tokens = Tokenizer.Encode(text);

        tokens.Length.ShouldBeGreaterThan(Encoding.UTF8.GetByteCount(text) / Tokenizer.LongestPieceBytes);
        Tokenizer.Decode(tokens).ShouldBe(" " + text);
    }

    [SharedFact(Stories.File)]
    public void Special_tokens_carry_their_text_and_no_bytes()
    {
        Tokenizer.SpecialTokens.Select(special => special.Text).ShouldContain("<s>");
        Tokenizer.BeginOfTextPiece.ShouldBe("<s>");
        Tokenizer.EndOfTextPiece.ShouldBe("</s>");
        Tokenizer.AddsBeginOfText.ShouldBeTrue();
        var piece = new byte[Tokenizer.LongestPieceBytes];
        Tokenizer.SpecialTokens.ShouldAllBe(special => Tokenizer.Decode(special.Id, piece) == 0);
        Tokenizer.SpecialTokens.Select(special => special.Text.Length).ShouldBeInOrder(SortDirection.Descending);
    }

    [SharedFact(Stories.File)]
    public void Tokens_outside_the_vocabulary_are_refused()
    {
        var piece = new byte[Tokenizer.LongestPieceBytes];
        Should.Throw<ArgumentOutOfRangeException>(() => Tokenizer.Decode(-1, piece));
        Should.Throw<ArgumentOutOfRangeException>(() => Tokenizer.Decode(Tokenizer.VocabularySize, piece));
        Should.Throw<ArgumentOutOfRangeException>(() => Tokenizer.IsEndOfGeneration(Tokenizer.VocabularySize));
    }

    [SharedFact(Stories.File)]
    public async Task Many_threads_may_encode_at_once()
    {
        var texts = Enumerable.Range(0, 64).Select(i => $"Story number {i}: once upon a time there was a {new string('o', i)}ld man.").ToArray();
        var expected = texts.Select(Tokenizer.Encode).ToArray();

        var actual = await Task.WhenAll(texts.Select(text => Task.Run(() => Tokenizer.Encode(text))));

        actual.ShouldBe(expected);
    }

    [SharedFact(Stories.File)]
    public void Detokenising_allocates_nothing()
    {
        var tokens = Tokenizer.Encode("Once upon a time there was a dog.");
        var piece = new byte[Tokenizer.LongestPieceBytes];
        Tokenizer.Decode(tokens[0], piece);

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var token in tokens) Tokenizer.Decode(token, piece);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
