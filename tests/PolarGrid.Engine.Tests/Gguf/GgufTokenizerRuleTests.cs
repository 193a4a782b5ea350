using Xunit;
using static PolarGrid.Engine.Tests.Gguf.GgufRule;

namespace PolarGrid.Engine.Tests.Gguf;

/// <summary>Each rule of vocabularies and special tokens by itself.</summary>
public class GgufTokenizerRuleTests
{
    [Fact]
    public void An_unknown_tokenizer_is_refused() => Refused(b => b.Set("tokenizer.ggml.model", "runes"), "tokenizer 'runes'");

    [Fact]
    public void An_empty_vocabulary_is_refused() => Refused(b => b.Set("tokenizer.ggml.tokens", Array.Empty<string>()), "vocabulary is empty");

    [Fact]
    public void Fewer_scores_than_tokens_are_refused() => Refused(b => b.Set("tokenizer.ggml.scores", new float[3]), "3 members for 259 tokens");

    [Fact]
    public void Fewer_types_than_tokens_are_refused() => Refused(b => b.Set("tokenizer.ggml.token_type", new int[3]), "3 members for 259 tokens");

    [Fact]
    public void A_score_that_is_not_a_number_is_refused()
    {
        var scores = new float[259];
        scores[7] = float.NaN;
        Refused(b => b.Set("tokenizer.ggml.scores", scores), "score of token 7");
    }

    [Fact]
    public void Two_tokens_of_the_same_text_are_refused() => Refused(b => ChangeToken(b, 5, "<s>"), "Token 5 has the same text");

    [Fact]
    public void Two_tokens_of_the_same_text_up_to_a_zero_byte_are_refused() =>
        Refused(b => ChangeToken(b, 5, "<s>\0more"), "Token 5 has the same text");

    [Fact]
    public void Two_empty_tokens_are_accepted() => Accepted(b =>
    {
        string[] tokens = [string.Empty, "<s>", "</s>", .. Enumerable.Range(0, 256).Select(i => $"<0x{i:X2}>"), string.Empty];
        b.Set("tokenizer.ggml.tokens", tokens).Remove("tokenizer.ggml.scores").Remove("tokenizer.ggml.token_type");
        b.Tensors[0] = b.Tensors[0] with { Dimensions = [32, 260] };
    });

    [Fact]
    public void A_byte_token_that_is_no_byte_is_refused() => Refused(b => ChangeToken(b, 5, "x"), "Token 5 is called a byte");

    [Fact]
    public void A_vocabulary_without_some_byte_is_refused() => Refused(
        b =>
        {
            ChangeToken(b, 3 + 0x41, "word");
            b.Remove("tokenizer.ggml.token_type");
        },
        "no token for the byte 0x41");

    [Theory]
    [InlineData("bos_token_id")]
    [InlineData("eos_token_id")]
    [InlineData("eot_token_id")]
    public void A_special_token_outside_of_the_vocabulary_is_refused(string name) =>
        Refused(b => b.Set($"tokenizer.ggml.{name}", 259u), $"{name}' is 259");

    [Fact]
    public void A_padding_token_outside_of_the_vocabulary_does_no_harm() => Accepted(b => b.Set("tokenizer.ggml.padding_token_id", uint.MaxValue));

    [Fact]
    public void Byte_tokens_in_a_tokenizer_that_has_none_are_refused() => Refused(
        b => b.Set("tokenizer.ggml.model", "bert").Set("tokenizer.ggml.bos_token_id", 1u), "this tokenizer has none of");

    [Fact]
    public void A_tokenizer_that_adds_a_token_it_does_not_have_is_refused() => Refused(
        b => b.Set("tokenizer.ggml.model", "gemma4").Set("tokenizer.ggml.merges", new[] { "a b" }).Remove("tokenizer.ggml.bos_token_id"),
        "adds a bos token");

    [Fact]
    public void A_merging_tokenizer_without_merges_is_refused() => Refused(b => b.Set("tokenizer.ggml.model", "gpt2"), "no 'tokenizer.ggml.merges'");

    [Fact]
    public void Merges_of_another_type_are_refused() => Refused(
        b => b.Set("tokenizer.ggml.model", "gpt2").Set("tokenizer.ggml.merges", new[] { 1 }), "merges' must be an array of string");

    private static void ChangeToken(GgufBuilder builder, int index, string text)
    {
        string[] tokens = ["<unk>", "<s>", "</s>", .. Enumerable.Range(0, 256).Select(b => $"<0x{b:X2}>")];
        tokens[index] = text;
        builder.Set("tokenizer.ggml.tokens", tokens);
    }
}
