namespace PolarGrid.Engine.Embeddings;

/// <summary>Limits of one embedder. Fixed while it lives.</summary>
public sealed record EmbedderOptions
{
    /// <summary>Most requests in work or waiting; one more is refused with <see cref="EngineErrorCode.QueueFull"/>.</summary>
    public int MaxRequests { get; init; } = 64;

    /// <summary>Create the native context at once instead of at the first request.</summary>
    public bool StartAtOnce { get; init; }
}
