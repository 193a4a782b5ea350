using PolarGrid.Engine.Llama.Model;

namespace PolarGrid.Engine.Llama.Embeddings;

/// <summary>How large an embedding context is.</summary>
internal static class EmbeddingSizing
{
    public const int Inputs = 16;

    private const int Step = 32, MostTokens = 2048, MostEncoderTokens = 8192, MostSharedTokens = 512;

    // The library keeps a row of logits for every token of a pass even though nobody reads them.
    private const long MostLogitBytes = 512L << 20;

    /// <summary>Tokens of one pass and of one input: a pooled input must lie in one pass.</summary>
    /// <param name="model">An encoder takes all that it was trained for, as far as a quarter of the memory goes.</param>
    /// <param name="vocabularySize">Of the model.</param>
    /// <param name="memoryBytes">Memory of the machine. Only inputs as long as that make an encoder take its share of it.</param>
    public static int BatchTokens(LlamaModelInfo model, int vocabularySize, long memoryBytes)
    {
        var affordable = Affordable(model.ReadsOnly ? Math.Max(MostLogitBytes, memoryBytes / 4) : MostLogitBytes, vocabularySize);

        // Positions behind the last one that an encoder has learnt would be read from beyond the end of their table.
        if (model.ReadsOnly) return (int)Math.Min(Math.Min(MostEncoderTokens, model.TrainedContextTokens), affordable);
        return RoundedToSteps(Math.Min(Math.Min(MostTokens, model.TrainedContextTokens), affordable));
    }

    /// <summary>
    /// Tokens of a pass over several inputs. The work of attention grows with the square of them, while matrices are as fast with a few
    /// hundred rows as with thousands.
    /// </summary>
    public static int SharedTokens(LlamaModelInfo model, int batchTokens, int vocabularySize) => !model.ReadsOnly
        ? batchTokens
        : Math.Min(batchTokens, RoundedToSteps(Math.Min(MostSharedTokens, Affordable(MostLogitBytes, vocabularySize))));

    /// <summary>
    /// Tokens that the library is told: it tries a pass with equally many for each input before the first real one, and ends the process when they
    /// do not divide evenly.
    /// </summary>
    public static int ReservedTokens(int batchTokens) => (batchTokens + Step - 1) / Step * Step;

    private static long Affordable(long bytes, int vocabularySize) => Math.Max(Step, bytes / (sizeof(float) * (long)vocabularySize));

    private static int RoundedToSteps(long tokens) => (int)Math.Max(Step, tokens / Step * Step);
}
