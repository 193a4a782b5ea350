using PolarGrid.Contracts.Models;
using PolarGrid.Edge.Audio;
using PolarGrid.Engine.Speech;

namespace PolarGrid.Edge.Models;

/// <summary>What <c>/v1/models</c> tells of each kind of model.</summary>
internal static class ModelCards
{
    private const string Owner = "polargrid";

    public static ModelCard Of(LoadedModel model)
    {
        var description = model.Description;
        return new ModelCard
        {
            Id = model.Id,
            Created = description.Created,
            OwnedBy = Owner,
            Task = model.Task == ModelTask.TextEmbedding ? "text-embedding" : "text-generation",
            PgModelType = model.Task == ModelTask.TextEmbedding ? "embedding" : "llm",
            ContextLength = description.ContextTokens,
            Architecture = description.Architecture,
            Quantization = description.Quantisation,
            Parameters = description.Parameters,
            Aliases = model.Aliases,
            Embedding = model.Embedder?.Model is { } vectors
                ? new EmbeddingCard { Dimensions = vectors.Dimensions, MaxInputTokens = vectors.MaxInputTokens, Pooling = vectors.Pooling }
                : null,
        };
    }

    public static ModelCard Of(SpeechModel<SynthesizerDescription, ISynthesizer> model) => new()
    {
        Id = model.Id,
        Created = Seconds(model.Description.Created),
        OwnedBy = Owner,
        Task = "text-to-speech",
        PgModelType = "tts",
        Architecture = model.Description.Engine,
        SampleRate = model.Description.SampleRate,
        Languages = [.. model.Description.Voices.Select(voice => voice.Language).Distinct()],
        Voices = [.. model.Description.Voices.Select(voice => voice.Id)],
        Aliases = model.Aliases,
    };

    public static ModelCard Of(SpeechModel<TranscriberDescription, ITranscriber> model) => new()
    {
        Id = model.Id,
        Created = Seconds(model.Description.Created),
        OwnedBy = Owner,
        Task = "speech-to-text",
        PgModelType = "stt",
        Architecture = model.Description.Engine,
        SampleRate = model.Description.SampleRate,
        Languages = model.Description.Languages,
        Aliases = model.Aliases,
    };

    private static long Seconds(DateTimeOffset created) => Math.Max(0, created.ToUnixTimeSeconds());
}
