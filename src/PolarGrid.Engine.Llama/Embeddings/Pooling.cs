namespace PolarGrid.Engine.Llama.Embeddings;

/// <summary><c>llama_pooling_type</c>.</summary>
internal enum Pooling
{
    Unspecified = -1,
    None = 0,
    Mean = 1,
    Cls = 2,
    Last = 3,

    /// <summary>Gives a score for a pair of texts and no vector.</summary>
    Rank = 4,
}
