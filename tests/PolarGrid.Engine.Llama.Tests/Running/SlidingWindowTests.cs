using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Llama.Running;
using Shouldly;

namespace PolarGrid.Engine.Llama.Tests.Running;

/// <summary>Where cells are shared, the library gives away what has left a sequence's window.</summary>
public sealed class SlidingWindowTests
{
    [Theory]
    [InlineData(0, false, false, true)]
    [InlineData(0, false, true, true)]
    [InlineData(512, false, false, false)]
    [InlineData(512, false, true, true)]
    [InlineData(0, true, true, false)]
    public void Only_whole_cells_of_a_beginning_are_shared(int window, bool keepsState, bool separate, bool shares) =>
        RunnerContext.SharesPartialPrefixes(Model(window, keepsState), separate).ShouldBe(shares);

    private static LlamaModelInfo Model(int window, bool keepsState) => new()
    {
        Architecture = "gemma3",
        Quantisation = "Q8_0",
        Description = "a model that is not there",
        Parameters = 1,
        SizeBytes = 1,
        TrainedContextTokens = 8192,
        Layers = 4,
        KvBytesPerToken = 64,
        KeepsState = keepsState,
        WindowTokens = window,
        EmbeddingSize = 64,
        Created = 0,
    };
}
