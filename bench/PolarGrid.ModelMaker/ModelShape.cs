namespace PolarGrid.ModelMaker;

/// <summary>The sizes of a llama-architecture model. The embedding matrix is also the output matrix.</summary>
/// <param name="Width">Elements of the residual stream; like <paramref name="FeedForward"/> a multiple of 32, for whole blocks.</param>
/// <param name="Vocabulary">Tokens of a generated tokenizer; a copied one brings its own number.</param>
/// <param name="Context">Default context length in tokens.</param>
internal sealed record ModelShape(
    string Name,
    int Layers,
    int Width,
    int Heads,
    int KeyValueHeads,
    int FeedForward,
    int Vocabulary,
    float RopeBase,
    int Context)
{
    private static readonly ModelShape[] Known =
    [
        new("tiny", 4, Width: 128, Heads: 4, KeyValueHeads: 2, FeedForward: 384, Vocabulary: 4_096, RopeBase: 1e4f, Context: 8_192),
        new("135m", 30, Width: 576, Heads: 9, KeyValueHeads: 3, FeedForward: 1_536, Vocabulary: 49_152, RopeBase: 1e5f, Context: 8_192),
        new("0.5b", 24, Width: 896, Heads: 14, KeyValueHeads: 2, FeedForward: 4_864, Vocabulary: 151_936, RopeBase: 1e6f, Context: 32_768),
        new("1b", 16, Width: 2_048, Heads: 32, KeyValueHeads: 8, FeedForward: 8_192, Vocabulary: 128_256, RopeBase: 5e5f, Context: 32_768),
    ];

    public static IEnumerable<string> Names => Known.Select(shape => shape.Name);

    public int HeadWidth => Width / Heads;

    public int KeyValueWidth => HeadWidth * KeyValueHeads;

    public static ModelShape Find(string name) => Known.Single(shape => shape.Name == name);
}
