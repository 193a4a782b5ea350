using PolarGrid.Engine.Llama.Model;

namespace PolarGrid.Engine.Llama.Embeddings;

/// <summary>How large an embedding context is.</summary>
internal static class EmbeddingSizing
{
    public const int Inputs = 16;

    private const int Step = 32, MostTokens = 2048;

    // The library keeps a row of logits for every token of a pass even though nobody reads them.
    private const long MostLogitBytes = 512L << 20;

    /// <summary>Tokens of one pass and of one input: a pooled input must lie in one pass.</summary>
    public static int BatchTokens(LlamaModelInfo model, int vocabularySize)
    {
        var affordable = MostLogitBytes / (sizeof(float) * (long)vocabularySize);
        var tokens = (int)Math.Min(Math.Min(MostTokens, model.TrainedContextTokens), affordable);
        return Math.Max(Step, tokens / Step * Step);
    }
}
