using PolarGrid.Cli.Up;
using PolarGrid.Edge;
using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Llama.Running;
using Shouldly;

namespace PolarGrid.Cli.Tests.Up;

public sealed class EngineSizingTests
{
    private const long GiB = 1L << 30;

    private static readonly UpSettings Defaults = new()
    {
        Urls = "http://127.0.0.1:0",
        Models = [],
        Aliases = [],
        Parallel = 32,
        Profile = ApiProfile.PolarGrid,
        LogFormat = LogFormat.Text,
    };

    [Fact]
    public void A_small_model_gets_its_trained_context_for_every_parallel_answer()
    {
        var sizing = EngineSizing.For(Model(trained: 512, kvBytes: 1024), Defaults, 16 * GiB);

        sizing.ShouldBe(new EngineSizing(512, 512 * 32, KvLayout.Separate, 32));
    }

    [Fact]
    public void The_cache_takes_at_most_a_gibibyte_unasked()
    {
        var sizing = EngineSizing.For(Model(trained: 131_072, kvBytes: 131_072), Defaults, 256 * GiB);

        sizing.ShouldBe(new EngineSizing(8192, 8192, KvLayout.Shared, 96));
    }

    [Fact]
    public void The_cache_takes_at_most_a_quarter_of_a_small_machine()
    {
        var sizing = EngineSizing.For(Model(trained: 131_072, kvBytes: 131_072), Defaults, 2 * GiB);

        ((long)sizing.KvTokens * 131_072).ShouldBe(GiB / 2);
    }

    [Fact]
    public void The_default_cache_has_at_most_65536_tokens() =>
        EngineSizing.For(Model(trained: 8192, kvBytes: 16), Defaults, 16 * GiB).KvTokens.ShouldBe(65_536);

    [Fact]
    public void A_context_that_was_asked_for_is_kept_even_beyond_the_default_cache() =>
        EngineSizing.For(Model(trained: 131_072, kvBytes: 131_072), Defaults with { ContextTokens = 100_000 }, 16 * GiB)
            .ShouldBe(new EngineSizing(100_000, 100_096, KvLayout.Shared, 96));

    [Fact]
    public void A_cache_that_was_asked_for_bounds_the_context() =>
        EngineSizing.For(Model(trained: 131_072, kvBytes: 1024), Defaults with { KvTokens = 4096 }, 16 * GiB).ShouldBe(new EngineSizing(4096, 4096, KvLayout.Shared, 96));

    [Fact]
    public void Both_are_kept_when_both_were_asked_for() =>
        EngineSizing.For(Model(trained: 512, kvBytes: 1024), Defaults with { ContextTokens = 2048, KvTokens = 8192 }, 16 * GiB)
            .ShouldBe(new EngineSizing(2048, 8192, KvLayout.Shared, 96));

    [Fact]
    public void The_cache_is_rounded_up_to_whole_blocks_of_256() =>
        EngineSizing.For(Model(trained: 512, kvBytes: 1024), Defaults with { KvTokens = 1000 }, 16 * GiB).KvTokens.ShouldBe(1024);

    [Fact]
    public void Cells_beyond_a_context_for_each_answer_keep_more_sequences_warm() =>
        EngineSizing.For(Model(trained: 512, kvBytes: 1024), Defaults with { Parallel = 4, KvTokens = 12 * 512 }, 16 * GiB)
            .ShouldBe(new EngineSizing(512, 12 * 512, KvLayout.Separate, 12));

    [Fact]
    public void A_layout_that_was_asked_for_is_taken() =>
        EngineSizing.For(Model(trained: 512, kvBytes: 1024), Defaults with { KvLayout = KvLayout.Shared }, 16 * GiB).Layout.ShouldBe(KvLayout.Shared);

    [Fact]
    public void A_model_with_a_state_is_not_given_separate_cells() =>
        EngineSizing.For(Model(trained: 512, kvBytes: 1024) with { KeepsState = true }, Defaults, 16 * GiB).Layout.ShouldBe(KvLayout.Shared);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(100, 1)]
    [InlineData(512, 1024)]
    [InlineData(40_000, 65_536)]
    [InlineData(1_000_000, 4)]
    [InlineData(131_072, 2_000_000_000)]
    public void A_cache_always_holds_one_conversation(int trained, int kvBytes)
    {
        var sizing = EngineSizing.For(Model(trained, kvBytes), Defaults, 4 * GiB);

        sizing.ContextTokens.ShouldBeInRange(1, trained);
        sizing.KvTokens.ShouldBeGreaterThanOrEqualTo(sizing.ContextTokens);
        (sizing.KvTokens % 256).ShouldBe(0);
    }

    private static LlamaModelInfo Model(int trained, int kvBytes) => new()
    {
        Architecture = "llama",
        Quantisation = "Q8_0",
        Description = "a model that is not there",
        Parameters = 1_000_000,
        SizeBytes = 1_000_000,
        TrainedContextTokens = trained,
        Layers = 4,
        KvBytesPerToken = kvBytes,
        KeepsState = false,
        EmbeddingSize = 64,
        Created = 0,
    };
}
