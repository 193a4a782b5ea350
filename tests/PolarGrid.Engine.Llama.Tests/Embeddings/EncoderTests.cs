using System.Numerics.Tensors;
using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Running;
using PolarGrid.ModelMaker.Tokenizers;
using Shouldly;

namespace PolarGrid.Engine.Llama.Tests.Embeddings;

/// <summary>Models that turn texts into vectors and write none.</summary>
public sealed class EncoderTests(EncoderFiles files) : IClassFixture<EncoderFiles>
{
    private const int Begin = 101, Separator = 102;

    private static readonly string[] Texts =
    [
        "The dog ran to the house.", "x", "Caf\u00E9 d\u00E9j\u00E0 vu, na\u00EFve \u2014 \u201Cquotes\u201D", "\u65E5\u672C\u8A9E and \u4E2D\u4E00\u4E01 mixed",
        "\u041F\u0440\u0438\u0432\u0435\u0442, \u043C\u0438\u0440!", "emoji \U0001F600\U0001F44D\U0001F3FD zero\u200Dwidth", "  tabs\tand\nlines  ",
        "[CLS] a [SEP] b [MASK] [UNK]", string.Concat(Enumerable.Repeat("water and fire ", 30)), "e\u0301 A\u030A ! ? \u0001",
    ];

    [Theory]
    [InlineData("bert-tiny", "Mean")]
    [InlineData("bert-tiny", "Cls")]
    [InlineData("bert-tiny", "Last")]
    [InlineData("bert-tiny", "None")]
    [InlineData("nomic-tiny", "Mean")]
    [InlineData("nomic-tiny", "Cls")]
    [InlineData("jina-tiny", "Mean")]
    [InlineData("modern-tiny", "Mean")]
    [InlineData("modern-tiny", "Cls")]
    public async Task Vectors_are_those_of_the_library_for_each_text_alone(string shape, string pooling)
    {
        var model = files.Get(shape, pooling);
        var path = files.Write($"bare-{shape}-{pooling}.gguf", shape, pooling);

        var together = await EncoderFiles.EmbedAsync(model, [.. Texts.Select(text => new TextPrompt(text))]);

        together.Error.ShouldBeNull();
        var tokens = 0;
        for (var at = 0; at < Texts.Length; at++)
        {
            var (bare, itsTokens) = BareEmbedding.Compute(path, Texts[at], pooling);
            TensorPrimitives.Dot<float>(together.Vectors[at], bare).ShouldBeGreaterThan(0.99999f, Texts[at]);
            TensorPrimitives.Norm<float>(together.Vectors[at]).ShouldBe(1, 1e-5f);
            tokens += itsTokens.Length;
        }

        together.Tokens.ShouldBe(tokens);
        Distinct(together.Vectors).ShouldBeTrue("different texts have different vectors");
    }

    [Fact]
    public async Task Company_in_a_pass_does_not_change_a_vector()
    {
        var model = files.Get("nomic-tiny");
        var many = Enumerable.Range(0, 60).Select(number => $"text {number} " + string.Concat(Enumerable.Repeat("and more ", number % 17))).ToArray();

        var together = await EncoderFiles.EmbedAsync(model, [.. many.Select(text => new TextPrompt(text))]);

        for (var at = 0; at < many.Length; at += 7)
        {
            var alone = await EncoderFiles.EmbedAsync(model, new TextPrompt(many[at]));
            TensorPrimitives.Dot<float>(together.Vectors[at], alone.Vectors[0]).ShouldBeGreaterThan(0.99999f, many[at]);
        }
    }

    [Fact]
    public async Task Tokens_around_a_text_are_added_once_and_never_taken_from_it()
    {
        var tokenizer = files.Get("bert-tiny").Tokenizer;

        var written = tokenizer.Encode("[CLS] a [SEP] [MASK] [PAD]");
        var outcome = await EncoderFiles.EmbedAsync(files.Get("bert-tiny"), new TextPrompt("water"));

        written.ShouldAllBe(token => token > 103);
        outcome.Tokens.ShouldBe(3);
        (tokenizer.AddsBeginOfText, tokenizer.BeginOfText, tokenizer.AppendedToken).ShouldBe((true, Begin, Separator));
    }

    /// <summary>Files of BPE vocabularies name a separator for pairs of texts, and say apart from it whether a text gets an end.</summary>
    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, null)]
    public void Separator_of_pairs_ends_no_text(bool addsEnd, int? appended)
    {
        var tokens = GeneratedTokenizer.Create(1000).Tokens;
        var tokenizer = new TokenizerData(tokens, metadata =>
        {
            metadata.Add("tokenizer.ggml.model", "gpt2");
            metadata.Add("tokenizer.ggml.pre", "roberta-bpe");
            metadata.Add("tokenizer.ggml.tokens", tokens.Select(token => token.Text).ToList());
            metadata.Add("tokenizer.ggml.token_type", tokens.Select(token => (int)token.Kind).ToList());
            metadata.Add("tokenizer.ggml.merges", new List<string> { "t h" });
            metadata.Add("tokenizer.ggml.eos_token_id", 2u);
            metadata.Add("tokenizer.ggml.seperator_token_id", 1u);
            metadata.Add("tokenizer.ggml.add_sep_token", true);
            metadata.Add("tokenizer.ggml.add_eos_token", addsEnd);
        });
        var path = files.Write($"bpe-{addsEnd}.gguf", "bert-tiny", tokenizer: tokenizer);
        using var model = EncoderFiles.Load(path);

        model.Tokenizer.AppendedToken.ShouldBe(appended);
    }

    [Fact]
    public async Task Token_lists_are_taken_as_they_are()
    {
        var model = files.Get("bert-tiny");

        var outcome = await EncoderFiles.EmbedAsync(
            model, new TextPrompt("the water"), new TokenPrompt([Begin, .. model.Tokenizer.Encode("the water"), Separator]), new TokenPrompt([Begin]));

        outcome.Tokens.ShouldBe(9);
        TensorPrimitives.Dot<float>(outcome.Vectors[0], outcome.Vectors[1]).ShouldBeGreaterThan(0.99999f);
        TensorPrimitives.Dot<float>(outcome.Vectors[0], outcome.Vectors[2]).ShouldBeLessThan(0.999f);
    }

    /// <summary>A position behind the last one would be read from beyond the end of the model's table, which ends the process.</summary>
    [Theory]
    [InlineData("bert-tiny", 20)]
    [InlineData("bert-tiny", 50)]
    [InlineData("nomic-tiny", 700)]
    [InlineData("jina-tiny", 300)]
    [InlineData("modern-tiny", 129)]
    public async Task An_input_as_long_as_the_context_is_taken_and_one_token_more_is_not(string shape, int context)
    {
        var model = files.Get(shape, context: context);

        var taken = await EncoderFiles.EmbedAsync(model, new TextPrompt("x"), new TokenPrompt([.. Enumerable.Repeat(200, context)]), new TextPrompt("y"));
        var refused = await EncoderFiles.EmbedAsync(model, new TextPrompt("x"), new TokenPrompt(new int[context + 1]));
        var longText = await EncoderFiles.EmbedAsync(model, new TextPrompt(string.Concat(Enumerable.Repeat("water ", 100_000))));

        model.Embedder!.MaxInputTokens.ShouldBe(context);
        taken.Error.ShouldBeNull();
        refused.Error!.Code.ShouldBe(EngineErrorCode.ContextLengthExceeded);
        refused.Error.Message.ShouldContain($"The input has {context + 1} tokens; this model embeds at most {context}.");
        refused.FailedInput.ShouldBe(1);
        longText.Error!.Code.ShouldBe(EngineErrorCode.ContextLengthExceeded);
    }

    /// <summary>White space has no tokens here, and a word that nobody knows has one.</summary>
    [Fact]
    public async Task A_text_is_measured_by_its_tokens_and_not_by_its_bytes()
    {
        var outcome = await EncoderFiles.EmbedAsync(
            files.Get("bert-tiny"), new TextPrompt("water" + new string(' ', 1_000_000)), new TextPrompt(new string('\u0E01', 200_000)));

        outcome.Error.ShouldBeNull();
        outcome.Tokens.ShouldBe(6);
    }

    [Fact]
    public void It_is_known_to_write_nothing_and_cannot_be_made_to()
    {
        var model = files.Get("bert-tiny");

        model.Info.ReadsOnly.ShouldBeTrue();
        var description = model.DescribeEmbedder("e");
        (description.Architecture, description.ContextTokens, description.HasChatTemplate).ShouldBe(("bert", 128, false));
        Should.Throw<ModelLoadException>(() => model.CreateRunner(new LlamaRunnerOptions { KvTokens = 256, Sequences = 1 }, TimeProvider.System))
            .Message.ShouldContain("only be asked for embeddings");
    }

    [Fact]
    public void A_pass_that_cannot_be_run_never_reaches_the_library()
    {
        using var runner = files.Get("bert-tiny").CreateEmbeddingRunner(1).Runner!;
        var room = new float[runner.Capacity.Dimensions];
        var unusable = new List<int>();

        runner.Compute([new int[129]], [room], unusable).ShouldBe(DecodeStatus.InvalidBatch);
        runner.Compute([[4096]], [room], unusable).ShouldBe(DecodeStatus.InvalidBatch);
        runner.Compute([[Begin]], [room], unusable).ShouldBe(DecodeStatus.Ok);
    }

    [Fact]
    public void A_model_that_ranks_is_refused_by_name_with_a_way_out() =>
        Should.Throw<ModelLoadException>(() => EncoderFiles.Load(files.Write("rank.gguf", "bert-tiny", "Rank")))
            .Message.ShouldContain("pooling_type rank");

    [Theory]
    [InlineData("t5", "an encoder apart from its decoder (t5)")]
    [InlineData("t5encoder", "an encoder apart from its decoder (t5encoder)")]
    [InlineData("llada", "a diffusion model (llada)")]
    [InlineData("dflash", "a draft model (dflash)")]
    [InlineData("wavtokenizer-dec", "makes sound of tokens")]
    public void Models_of_other_kinds_are_refused_by_name_with_a_way_out(string architecture, string said)
    {
        var refused = Should.Throw<ModelLoadException>(() =>
            EncoderFiles.Load(files.Write($"{architecture}.gguf", "nomic-tiny", architecture: architecture)));

        refused.Message.ShouldContain($"{architecture}.gguf");
        refused.Message.ShouldContain(said);
        refused.Message.ShouldContain("Give a model that writes text");
    }

    private static bool Distinct(IReadOnlyList<float[]> vectors) =>
        !(from one in Enumerable.Range(0, vectors.Count)
          from other in Enumerable.Range(0, one)
          where TensorPrimitives.Dot<float>(vectors[one], vectors[other]) > 0.9999f
          select one).Any();
}
