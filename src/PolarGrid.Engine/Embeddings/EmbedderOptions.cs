namespace PolarGrid.Engine.Embeddings;

/// <summary>Limits of one embedder. Fixed while it lives.</summary>
public sealed record EmbedderOptions
{
    /// <summary>
    /// Most inputs of all requests in work or waiting: each has a vector in memory from its pass to its request's end. What would go
    /// beyond is refused with <see cref="EngineErrorCode.QueueFull"/>, unless nothing else is there.
    /// </summary>
    public int MaxInputs { get; init; } = 8192;

    /// <summary>Most tokens of those inputs; as for <see cref="MaxInputs"/>.</summary>
    public int MaxTokens { get; init; } = 1_200_000;

    /// <summary>Create the native context at once instead of at the first request.</summary>
    public bool StartAtOnce { get; init; }
}
