using PolarGrid.Engine.Llama.Embeddings;

namespace PolarGrid.Engine.Llama.Model;

/// <summary>What a loaded model says about itself.</summary>
public sealed record LlamaModelInfo
{
    /// <summary>For example <c>llama</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>For example <c>Q8_0</c>.</summary>
    public required string Quantisation { get; init; }

    /// <summary>The library's one-line description.</summary>
    public required string Description { get; init; }

    /// <summary>The name in the file's metadata, where there is one.</summary>
    public string? Name { get; init; }

    public required long Parameters { get; init; }

    /// <summary>Bytes of all tensors.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>The context length that the model was trained with.</summary>
    public required int TrainedContextTokens { get; init; }

    public required int Layers { get; init; }

    /// <summary>Bytes of one KV cell with 16-bit keys and values; 0 where the architecture does not say.</summary>
    public required int KvBytesPerToken { get; init; }

    /// <summary>Recurrent or hybrid: a sequence's state cannot be cut at any token.</summary>
    public required bool KeepsState { get; init; }

    /// <summary>Some layers see only the newest tokens; 0 where all see all.</summary>
    public int WindowTokens { get; init; }

    /// <summary>Turns texts into vectors and cannot write one: it has no cache and no logits, and every token sees all others of its text.</summary>
    public bool ReadsOnly { get; init; }

    /// <summary>Numbers of the vector that the model gives for a text.</summary>
    public required int EmbeddingSize { get; init; }

    /// <summary>How the file says that states become one vector; null where it does not.</summary>
    internal Pooling? Pooling { get; init; }

    /// <summary>The default chat template, where there is one.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>The template for conversations with tools, where the file has one of its own.</summary>
    public string? ToolChatTemplate { get; init; }

    /// <summary>When the file was last changed, Unix seconds.</summary>
    public required long Created { get; init; }
}
