using PolarGrid.Engine.Running;

namespace PolarGrid.Engine.Embeddings;

/// <summary>The native side of embedding: one forward pass over a few inputs at a time.</summary>
/// <remarks>Only the loop's thread calls any member, and disposes it.</remarks>
public interface IEmbeddingRunner : IDisposable
{
    EmbeddingCapacity Capacity { get; }

    /// <summary>Computes the vectors of the inputs, each scaled to the length 1.</summary>
    /// <param name="inputs">1 to <see cref="EmbeddingCapacity.Inputs"/>, none empty, together at most <see cref="EmbeddingCapacity.BatchTokens"/> tokens.</param>
    /// <param name="vectors">One of the model's dimensions per input; filled.</param>
    /// <param name="unusable">Cleared; gets the inputs that the model gave no vector for, or one without a length. The others are good.</param>
    /// <returns>Anything but <see cref="DecodeStatus.Ok"/>: nothing was computed.</returns>
    DecodeStatus Compute(IReadOnlyList<int[]> inputs, IReadOnlyList<float[]> vectors, ICollection<int> unusable);
}

/// <summary>What one pass can hold.</summary>
/// <param name="Inputs">Most inputs.</param>
/// <param name="BatchTokens">Most tokens of all of them, and of a single one.</param>
/// <param name="Dimensions">Numbers of a vector.</param>
public sealed record EmbeddingCapacity(int Inputs, int BatchTokens, int Dimensions)
{
    /// <summary>
    /// Most tokens of a pass over several inputs, where fewer than <see cref="BatchTokens"/> are better: each token looks at all others of
    /// the pass before those of other inputs are masked. A longer input gets a pass of its own.
    /// </summary>
    public int SharedTokens { get; init; } = BatchTokens;
}
