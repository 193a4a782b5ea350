using PolarGrid.Engine.Embeddings;
using PolarGrid.Engine.Llama.Cpu;
using PolarGrid.Engine.Llama.Embeddings;
using PolarGrid.Engine.Llama.Native;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Llama.Text;

namespace PolarGrid.Engine.Llama.Model;

/// <summary>
/// Loaded weights. Runners hold counted references, so disposing the model frees the weights once the last runner is gone, and only
/// then the tokenizer begins to refuse.
/// </summary>
public sealed class LlamaModel : IDisposable
{
    private readonly ModelHandle handle;
    private readonly CpuBuild? otherBuild;

    /// <param name="otherBuild">Of the CPU backend, that can compute with these weights too; null: none.</param>
    internal LlamaModel(ModelHandle handle, LlamaModelInfo info, LlamaTokenizer tokenizer, CpuBuild? otherBuild = null)
    {
        this.handle = handle;
        this.otherBuild = otherBuild;
        Info = info;
        Tokenizer = tokenizer;
        var tokens = EmbeddingSizing.BatchTokens(info, tokenizer.VocabularySize, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        Embedder = VectorPooling is { } pooling ? new(info.EmbeddingSize, tokens, pooling.ToString().ToLowerInvariant()) : null;
    }

    public LlamaModelInfo Info { get; }

    public LlamaTokenizer Tokenizer { get; }

    /// <summary>Whether runners that measure passes have two builds of the CPU backend to choose from. See docs/adr/0008.</summary>
    public bool HasTwoBuilds => otherBuild is not null;

    /// <summary>Creates a context of its own: KV cache, buffers and threads. The caller disposes it.</summary>
    /// <exception cref="ModelLoadException">A number is out of range, the context does not fit into memory, or the model writes no text.</exception>
    public LlamaRunner CreateRunner(LlamaRunnerOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (Info.ReadsOnly) throw new ModelLoadException("The model turns texts into vectors and writes none; it can only be asked for embeddings.");
        return CreateRunner(options, timeProvider, options.MeasuresPasses ? otherBuild : null);
    }

    /// <param name="other">A build of the CPU backend that may compute some passes; the weights must look alike to it.</param>
    internal LlamaRunner CreateRunner(LlamaRunnerOptions options, TimeProvider timeProvider, CpuBuild? other) =>
        LlamaRunner.Create(handle, Info, Tokenizer, options, timeProvider, other);

    /// <summary>What an engine over such a runner is.</summary>
    /// <param name="id">The name that requests give.</param>
    /// <param name="runner">Made by this model.</param>
    /// <param name="contextTokens">Most tokens of one sequence.</param>
    /// <param name="maxChoices">Most answers to one request.</param>
    public ModelDescription Describe(string id, LlamaRunner runner, int contextTokens, int maxChoices)
    {
        ArgumentNullException.ThrowIfNull(runner);
        return new ModelDescription
        {
            Id = id,
            Architecture = Info.Architecture,
            Quantisation = Info.Quantisation,
            Parameters = Info.Parameters,
            ContextTokens = contextTokens,
            KvTokens = runner.Capacity.KvTokens,
            MemoryBytes = Info.SizeBytes + runner.KvBytes,
            VocabularySize = Tokenizer.VocabularySize,
            CanInfill = Tokenizer.Infill is not null,
            MaxChoices = maxChoices,
            HasChatTemplate = Info.ChatTemplate is not null,
            Created = Info.Created,
        };
    }

    /// <summary>What a model is that turns texts into vectors and writes none.</summary>
    /// <param name="id">The name that requests give.</param>
    /// <exception cref="InvalidOperationException">It writes text, or gives no vectors.</exception>
    public ModelDescription DescribeEmbedder(string id)
    {
        if (!Info.ReadsOnly || Embedder is null) throw new InvalidOperationException("The model is not for embeddings alone.");
        return new ModelDescription
        {
            Id = id,
            Architecture = Info.Architecture,
            Quantisation = Info.Quantisation,
            Parameters = Info.Parameters,
            ContextTokens = Embedder.MaxInputTokens,
            KvTokens = 0,
            MemoryBytes = Info.SizeBytes,
            VocabularySize = Tokenizer.VocabularySize,
            MaxChoices = 0,
            HasChatTemplate = false,
            Created = Info.Created,
        };
    }

    /// <summary>
    /// What embeddings of this model are: pooled as its file says, else by the mean of the last layer's states. Null for a model that
    /// ranks pairs of texts and has no vector for one.
    /// </summary>
    public EmbedderDescription? Embedder { get; }

    /// <summary>Creates an embedding context of its own, or says why there is none. The caller disposes it.</summary>
    /// <param name="threads">1 to 512; null: one per processor of this process.</param>
    public (IEmbeddingRunner? Runner, string? Reason) CreateEmbeddingRunner(int? threads)
    {
        if (VectorPooling is not { } pooling || Embedder is null) return (null, "This model ranks texts; it has no vectors for them.");
        var count = threads ?? Math.Min(Environment.ProcessorCount, 512);
        return LlamaEmbeddingRunner.Create(handle, Info, Tokenizer, pooling, Embedder.MaxInputTokens, count);
    }

    private Pooling? VectorPooling => Info.Pooling switch
    {
        Pooling.Rank => null,
        Pooling.Mean or Pooling.Cls or Pooling.Last => Info.Pooling,
        _ => Pooling.Mean,
    };

    public void Dispose() => handle.Dispose();
}
