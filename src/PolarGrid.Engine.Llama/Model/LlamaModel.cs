using PolarGrid.Engine.Embeddings;
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

    internal LlamaModel(ModelHandle handle, LlamaModelInfo info, LlamaTokenizer tokenizer)
    {
        this.handle = handle;
        Info = info;
        Tokenizer = tokenizer;
    }

    public LlamaModelInfo Info { get; }

    public LlamaTokenizer Tokenizer { get; }

    /// <summary>Creates a context of its own: KV cache, buffers and threads. The caller disposes it.</summary>
    /// <exception cref="ModelLoadException">A number is out of range, or the context does not fit into memory.</exception>
    public LlamaRunner CreateRunner(LlamaRunnerOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        return LlamaRunner.Create(handle, Info, Tokenizer, options, timeProvider);
    }

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

    /// <summary>
    /// What embeddings of this model are: pooled as its file says, else by the mean of the last layer's states. Null for a model that
    /// ranks pairs of texts and has no vector for one.
    /// </summary>
    public EmbedderDescription? Embedder => VectorPooling is { } pooling
        ? new(Info.EmbeddingSize, EmbeddingSizing.BatchTokens(Info, Tokenizer.VocabularySize), pooling.ToString().ToLowerInvariant())
        : null;

    /// <summary>Creates an embedding context of its own, or says why there is none. The caller disposes it.</summary>
    /// <param name="threads">1 to 512; null: one per processor of this process.</param>
    public (IEmbeddingRunner? Runner, string? Reason) CreateEmbeddingRunner(int? threads)
    {
        if (VectorPooling is not { } pooling) return (null, "This model ranks texts; it has no vectors for them.");
        var count = threads ?? Math.Min(Environment.ProcessorCount, 512);
        return LlamaEmbeddingRunner.Create(handle, Info, Tokenizer, pooling, count);
    }

    private Pooling? VectorPooling => Info.Pooling switch
    {
        Pooling.Rank => null,
        Pooling.Mean or Pooling.Cls or Pooling.Last => Info.Pooling,
        _ => Pooling.Mean,
    };

    public void Dispose() => handle.Dispose();
}
