namespace PolarGrid.Engine.Gguf;

/// <summary>The sizes of the network.</summary>
internal sealed record ModelShape(
    int ContextLength, int BlockCount, int EmbeddingLength, int[] HeadCounts, int[] KeyValueHeadCounts, int KeyLength, int ValueLength);
