namespace PolarGrid.ModelMaker.Encoders;

/// <summary>The sizes of a BERT-like model, which turns texts into vectors and writes none.</summary>
/// <param name="Architecture">
/// <c>bert</c> learns a vector per position. <c>nomic-bert</c> rotates and has a gate in its feed-forward part, <c>jina-bert-v2</c> has the
/// gate and biases attention by distance, <c>modern-bert</c> rotates, and looks at neighbours only in two of three layers.
/// </param>
/// <param name="Width">Elements of the residual stream and of a vector; like <paramref name="FeedForward"/> a multiple of 32.</param>
/// <param name="Context">Longest text in tokens.</param>
internal sealed record EncoderShape(
    string Name, string Architecture, int Layers, int Width, int Heads, int FeedForward, int Vocabulary, int Context, PoolingKind Pooling)
{
    private static readonly EncoderShape[] Known =
    [
        new("bert-tiny", "bert", 2, Width: 64, Heads: 4, FeedForward: 128, Vocabulary: 4_096, Context: 128, PoolingKind.Mean),
        new("minilm", "bert", 6, Width: 384, Heads: 12, FeedForward: 1_536, Vocabulary: 30_522, Context: 512, PoolingKind.Mean),
        new("bge-base", "bert", 12, Width: 768, Heads: 12, FeedForward: 3_072, Vocabulary: 30_522, Context: 512, PoolingKind.Cls),
        new("nomic-tiny", "nomic-bert", 2, Width: 64, Heads: 4, FeedForward: 128, Vocabulary: 4_096, Context: 256, PoolingKind.Mean),
        new("jina-tiny", "jina-bert-v2", 2, Width: 64, Heads: 4, FeedForward: 128, Vocabulary: 4_096, Context: 256, PoolingKind.Mean),
        new("modern-tiny", "modern-bert", 4, Width: 64, Heads: 4, FeedForward: 96, Vocabulary: 4_096, Context: 256, PoolingKind.Cls),
        new("nomic", "nomic-bert", 12, Width: 768, Heads: 12, FeedForward: 3_072, Vocabulary: 30_528, Context: 2_048, PoolingKind.Mean),
    ];

    public static IEnumerable<string> Names => Known.Select(shape => shape.Name);

    /// <summary>Whether a position is a learnt vector, so that there are exactly as many as <see cref="Context"/>.</summary>
    public bool LearnsPositions => Architecture == "bert";

    public bool Rotates => Architecture is "nomic-bert" or "modern-bert";

    /// <summary>Whether there is a norm before each part instead of behind it, and no bias anywhere.</summary>
    public bool NormsFirst => Architecture == "modern-bert";

    /// <summary>Whether matrices have a bias.</summary>
    public bool HasBiases => Architecture is "bert" or "jina-bert-v2";

    public bool HasGate => Architecture is "nomic-bert" or "jina-bert-v2";

    /// <summary>Null where no encoder has the name.</summary>
    public static EncoderShape? TryFind(string name) => Array.Find(Known, shape => shape.Name == name);
}
