using Shouldly;

namespace PolarGrid.Engine.Tests.Gguf;

/// <summary>Models that turn texts into vectors: which they are, and what must fit in their files.</summary>
public sealed class EncoderRuleTests
{
    [Theory]
    [InlineData("bert", null, true)]
    [InlineData("bert", true, true)]
    [InlineData("nomic-bert", false, true)]
    [InlineData("modern-bert", null, true)]
    [InlineData("gemma-embedding", null, true)]
    [InlineData("llama", null, false)]
    [InlineData("llama", true, false)]
    [InlineData("llama", false, true)]
    public void A_model_only_reads_by_its_architecture_or_because_its_tokens_see_all_others(string architecture, bool? causal, bool readsOnly)
    {
        var builder = Encoder(architecture).Set("tokenizer.ggml.token_type_count", 2u);
        if (causal is { } flag) builder.Set($"{architecture}.attention.causal", flag);

        builder.Inspect().Description.ShouldNotBeNull().ReadsOnly.ShouldBe(readsOnly);
    }

    [Fact]
    public void Pooling_is_described() =>
        Encoder("bert").Set("tokenizer.ggml.token_type_count", 2u).Set("bert.pooling_type", 2u).Inspect().Description!.PoolingType.ShouldBe(2);

    [Fact]
    public void An_unknown_pooling_is_refused() =>
        Refused(Encoder("bert").Set("tokenizer.ggml.token_type_count", 2u).Set("bert.pooling_type", 5u), "bert.pooling_type");

    [Theory]
    [InlineData(null)]
    [InlineData(0u)]
    public void Kinds_of_sentences_are_needed(uint? count)
    {
        var builder = Encoder("bert");
        if (count is { } given) builder.Set("tokenizer.ggml.token_type_count", given);

        Refused(builder, "tokenizer.ggml.token_type_count");
    }

    [Fact]
    public void Keys_and_values_have_the_same_length() =>
        Refused(Encoder("modern-bert").Set("modern-bert.attention.key_length", 8u).Set("modern-bert.attention.value_length", 16u), "both have the same");

    /// <summary>Each of these ended the process while it loaded the file, or at the first text.</summary>
    [Theory]
    [InlineData("modern-bert", "attention.head_count_kv", 0u, "every block has some")]
    [InlineData("modern-bert", "attention.head_count_kv", 2u, "as many of both")]
    [InlineData("modern-bert", "attention.head_count", 32u, "rope.dimension_count' is 1")]
    [InlineData("nomic-bert", "rope.dimension_count", 0u, "at least 2")]
    [InlineData("nomic-bert", "rope.dimension_count", 16u, "at most the length of a key, 8")]
    [InlineData("bert", "embedding_length_out", 64u, "it must be the embedding length, 32")]
    [InlineData("bert", "embedding_length_out", 16u, "it must be the embedding length, 32")]
    public void Sizes_that_the_network_cannot_work_with_are_refused(string architecture, string key, uint value, string message)
    {
        var builder = Encoder(architecture).Set("tokenizer.ggml.token_type_count", 2u);
        builder.Inspect().Error.ShouldBeNull();

        Refused(builder.Set($"{architecture}.{key}", value), message);
    }

    [Fact]
    public void Heads_make_up_the_embedding_length() =>
        Refused(Encoder("modern-bert").Set("modern-bert.attention.key_length", 16u).Set("modern-bert.attention.value_length", 16u), "do not make up");

    [Theory]
    [InlineData("bos_token_id", "bos")]
    [InlineData("seperator_token_id", "seperator")]
    [InlineData("unknown_token_id", "unknown")]
    public void Tokens_that_every_text_may_need_are_in_a_vocabulary_of_pieces(string missing, string named)
    {
        WordPieces().Inspect().Error.ShouldBeNull();
        Refused(WordPieces().Remove($"tokenizer.ggml.{missing}").Set("tokenizer.ggml.add_bos_token", false), named);
        Refused(WordPieces().Set($"tokenizer.ggml.{missing}", 6u).Set("tokenizer.ggml.add_bos_token", false), missing);
    }

    [Theory]
    [InlineData(64UL, true)]
    [InlineData(128UL, true)]
    [InlineData(96UL, false)]
    public void A_matrix_that_may_hold_its_gate_has_once_or_twice_the_rows(ulong rows, bool fits)
    {
        var builder = Encoder("jina-bert-v2").Set("tokenizer.ggml.token_type_count", 2u);
        builder.Tensors.Add(new TensorSpec("blk.0.ffn_up.weight", [32, rows], 0));

        if (fits) builder.Inspect().Error.ShouldBeNull();
        else Refused(builder, "has 96 rows");
    }

    [Theory]
    [InlineData("dense_2_feat_in")]
    [InlineData("dense_3_feat_out")]
    public void Further_layers_begin_and_end_with_the_embedding_length(string key)
    {
        Encoder("gemma-embedding").Set($"gemma-embedding.{key}", 32u).Inspect().Error.ShouldBeNull();
        Refused(Encoder("gemma-embedding").Set($"gemma-embedding.{key}", 33u), key);
    }

    private static GgufBuilder Encoder(string architecture)
    {
        var builder = GgufBuilder.Valid().Set("general.architecture", architecture);
        builder.Set($"{architecture}.context_length", 128u).Set($"{architecture}.embedding_length", 32u).Set($"{architecture}.block_count", 1u);
        return builder.Set($"{architecture}.feed_forward_length", 64u).Set($"{architecture}.attention.head_count", 4u);
    }

    private static GgufBuilder WordPieces()
    {
        var builder = Encoder("bert").Set("tokenizer.ggml.token_type_count", 2u).Set("tokenizer.ggml.model", "bert");
        string[] tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "\u2581a", "b"];
        builder.Set("tokenizer.ggml.tokens", tokens).Set("tokenizer.ggml.scores", new float[tokens.Length]);
        builder.Set("tokenizer.ggml.token_type", new[] { 3, 3, 3, 3, 1, 1 }).Remove("tokenizer.ggml.eos_token_id");
        builder.Set("tokenizer.ggml.unknown_token_id", 1u).Set("tokenizer.ggml.bos_token_id", 2u).Set("tokenizer.ggml.seperator_token_id", 3u);
        builder.Tensors[0] = new TensorSpec("token_embd.weight", [32, (ulong)tokens.Length], 0);
        return builder;
    }

    private static void Refused(GgufBuilder builder, string message) => builder.Inspect().Error.ShouldNotBeNull().Message.ShouldContain(message);
}
