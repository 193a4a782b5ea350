using System.Numerics.Tensors;
using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Engine.Embeddings;
using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Running;
using PolarGrid.Testing;
using Shouldly;

namespace PolarGrid.Engine.Llama.Tests.Embeddings;

public sealed class EmbeddingTests(PolarTiny tiny) : IClassFixture<PolarTiny>
{
    private static readonly string[] Texts =
        ["The dog ran to the house.", "A cat sleeps on the mat.", "What is the capital of France?", "x", string.Concat(Enumerable.Repeat("once upon a time ", 40))];

    [PolarTinyFact]
    public async Task A_vector_has_the_length_1_and_is_near_to_itself_alone()
    {
        var vectors = await EmbedAsync(Texts);

        foreach (var one in Enumerable.Range(0, Texts.Length))
        {
            vectors[one].Length.ShouldBe(tiny.Model.Embedder!.Dimensions);
            TensorPrimitives.Norm<float>(vectors[one]).ShouldBe(1, 1e-5f);
            foreach (var other in Enumerable.Range(0, Texts.Length).Where(other => other != one))
            {
                TensorPrimitives.Dot<float>(vectors[one], vectors[other]).ShouldBeLessThan(0.999f);
            }
        }
    }

    [PolarTinyFact]
    public async Task Batch_order_and_company_do_not_change_a_vector()
    {
        var together = await EmbedAsync(Texts);
        var reversed = await EmbedAsync([.. Texts.Reverse()]);
        for (var at = 0; at < Texts.Length; at++)
        {
            var alone = (await EmbedAsync([Texts[at]]))[0];

            // Quantised weights meet differently rounded sums in passes of different sizes.
            TensorPrimitives.Dot<float>(together[at], alone).ShouldBeGreaterThan(0.9999f, Texts[at]);
            TensorPrimitives.Dot<float>(together[at], reversed[^(at + 1)]).ShouldBeGreaterThan(0.9999f, Texts[at]);
        }
    }

    [PolarTinyFact]
    public void A_pass_that_cannot_be_run_never_reaches_the_library()
    {
        using var runner = tiny.Model.CreateEmbeddingRunner(1).Runner!;
        var room = new float[runner.Capacity.Dimensions];
        var unusable = new List<int> { 7 };

        runner.Compute([], [], unusable).ShouldBe(DecodeStatus.InvalidBatch);
        runner.Compute([[]], [room], unusable).ShouldBe(DecodeStatus.InvalidBatch);
        runner.Compute([[tiny.Model.Tokenizer.VocabularySize]], [room], unusable).ShouldBe(DecodeStatus.InvalidBatch);
        runner.Compute([[-1]], [room], unusable).ShouldBe(DecodeStatus.InvalidBatch);
        runner.Compute([[1]], [new float[3]], unusable).ShouldBe(DecodeStatus.InvalidBatch);
        runner.Compute([new int[runner.Capacity.BatchTokens + 1]], [room], unusable).ShouldBe(DecodeStatus.InvalidBatch);
        runner.Compute([[1]], [room], unusable).ShouldBe(DecodeStatus.Ok);
        unusable.ShouldBeEmpty();
    }

    [PolarTinyFact]
    public async Task An_input_as_long_as_the_limit_is_taken_and_one_token_more_is_not()
    {
        var most = tiny.Model.Embedder!.MaxInputTokens;
        await using var embedder = Create();
        var taken = await embedder.EmbedAsync(new EmbeddingRequest { Id = "r", Inputs = [new TokenPrompt(new int[most])] }, default);
        var refused = await embedder.EmbedAsync(new EmbeddingRequest { Id = "r", Inputs = [new TokenPrompt(new int[most + 1])] }, default);

        taken.Error.ShouldBeNull();
        refused.Error!.Code.ShouldBe(EngineErrorCode.ContextLengthExceeded);
    }

    [SharedFact(Stories.File)]
    public void Pooling_is_what_the_file_says_and_a_ranking_model_has_no_vectors()
    {
        PoolingOf(2).ShouldBe("cls");
        PoolingOf(3).ShouldBe("last");
        PoolingOf(0).ShouldBe("mean");
        PoolingOf(4).ShouldBeNull();

        static string? PoolingOf(uint type) => new GgufPatch().Add("llama.pooling_type", type).Use(SharedFiles.Get(Stories.File), path =>
        {
            using var model = LlamaModelLoader.Load(Stories.Backend, path, new LlamaModelOptions { MemoryMap = false }, null, CancellationToken.None);
            return model.Embedder?.Pooling;
        });
    }

    /// <summary>Of a decoder's architecture, but trained to look ahead: it has a cache, and nothing to write with.</summary>
    [SharedFact(Stories.File)]
    public void A_decoder_that_looks_ahead_is_for_embeddings_alone()
    {
        var outcome = new GgufPatch().Add("llama.attention.causal", false).Use(SharedFiles.Get(Stories.File), path =>
        {
            using var model = LlamaModelLoader.Load(Stories.Backend, path, new LlamaModelOptions { MemoryMap = false }, null, CancellationToken.None);
            model.Info.ReadsOnly.ShouldBeTrue();
            using var runner = model.CreateEmbeddingRunner(1).Runner!;
            float[][] vectors = [new float[model.Info.EmbeddingSize], new float[model.Info.EmbeddingSize], new float[model.Info.EmbeddingSize]];
            runner.Compute([[1, 300, 301], [1, 300, 302], [1, 300, 301]], vectors, []).ShouldBe(DecodeStatus.Ok);
            runner.Compute([[1, 300, 301]], [vectors[2]], []).ShouldBe(DecodeStatus.Ok);
            return vectors;
        });

        TensorPrimitives.Dot<float>(outcome[0], outcome[2]).ShouldBeGreaterThan(0.999f);
        TensorPrimitives.Dot<float>(outcome[0], outcome[1]).ShouldBeLessThan(0.999f);
    }

    private async Task<IReadOnlyList<float[]>> EmbedAsync(string[] texts)
    {
        await using var embedder = Create();
        var outcome = await embedder.EmbedAsync(new EmbeddingRequest { Id = "r", Inputs = [.. texts.Select(text => new TextPrompt(text))] }, default);
        outcome.Error.ShouldBeNull();
        return outcome.Vectors;
    }

    private LocalTextEmbedder Create() => new(
        tiny.Model.Embedder!, tiny.Model.Tokenizer, () => tiny.Model.CreateEmbeddingRunner(1), new(), "t", TimeProvider.System,
        NullLogger<LocalTextEmbedder>.Instance);
}
