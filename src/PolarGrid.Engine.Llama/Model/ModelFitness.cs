using PolarGrid.Engine.Gguf;
using PolarGrid.Engine.Llama.Embeddings;

namespace PolarGrid.Engine.Llama.Model;

/// <summary>Whether a sound file is of a kind that is served: a model that writes text, or one that turns texts into vectors.</summary>
internal static class ModelFitness
{
    private const string Takes = "Give a model that writes text (llama, qwen, gemma, ...) or one that embeds it (bert, nomic-bert, ...).";

    /// <returns>What is wrong, as the rest of a sentence that begins with the file's name; null when nothing is.</returns>
    public static string? Mistake(GgufDescription file) => file.Architecture switch
    {
        "t5" or "t5encoder" => $"has an encoder apart from its decoder ({file.Architecture}); such models are not served. {Takes}",
        "dream" or "llada" or "llada-moe" or "rnd1" =>
            $"is a diffusion model ({file.Architecture}), which does not write from left to right; such models are not served. {Takes}",
        "eagle3" or "dflash" => $"is a draft model ({file.Architecture}), which works only beside the model that it was made for. {Takes}",
        "wavtokenizer-dec" => $"makes sound of tokens ({file.Architecture}) and knows no text. {Takes}",
        _ when file is { ReadsOnly: true, PoolingType: (int)Pooling.Rank } =>
            "ranks pairs of texts (pooling_type rank) and has no vectors for them; reranking is not served. "
            + "Give an embedding model with the pooling mean, cls or last.",
        _ => null,
    };
}
