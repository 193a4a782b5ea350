using Microsoft.Extensions.Logging.Abstractions;
using PolarGrid.Engine.Embeddings;
using PolarGrid.Engine.Llama.Model;
using PolarGrid.ModelMaker.Encoders;
using PolarGrid.ModelMaker.Tokenizers;
using PolarGrid.ModelMaker.Weights;

namespace PolarGrid.Engine.Llama.Tests.Embeddings;

/// <summary>Encoders with random weights, each written and loaded at its first use.</summary>
public sealed class EncoderFiles : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("polargrid-encoders-").FullName;
    private readonly Dictionary<string, LlamaModel> models = [];

    /// <param name="name">A shape of the model maker.</param>
    /// <param name="pooling">A member of its pooling kinds.</param>
    /// <param name="context">Tokens; null for the shape's own.</param>
    public LlamaModel Get(string name, string pooling = "Mean", int? context = null)
    {
        lock (models)
        {
            var file = $"{name}-{pooling}-{context}.gguf";
            if (!models.TryGetValue(file, out var model)) models[file] = model = Load(Write(file, name, pooling, context));
            return model;
        }
    }

    /// <param name="file">Its name in this object's folder.</param>
    /// <param name="name">A shape of the model maker.</param>
    /// <param name="pooling">A member of its pooling kinds.</param>
    /// <param name="context">Tokens; null for the shape's own.</param>
    /// <param name="architecture">What the file claims to be; null for what it is.</param>
    /// <param name="tokenizer">Null for WordPiece.</param>
    internal string Write(
        string file, string name, string pooling = "Mean", int? context = null, string? architecture = null, TokenizerData? tokenizer = null)
    {
        var shape = EncoderShape.TryFind(name)!;
        var path = Path.Combine(folder, file);
        shape = shape with
        {
            Pooling = Enum.Parse<PoolingKind>(pooling), Context = context ?? shape.Context, Architecture = architecture ?? shape.Architecture,
        };
        EncoderFile.Write(path, shape, TensorType.F32, seed: 7, tokenizer);
        return path;
    }

    public static LlamaModel Load(string path) =>
        LlamaModelLoader.Load(Stories.Backend, path, new LlamaModelOptions(), null, CancellationToken.None);

    public static LocalTextEmbedder CreateEmbedder(LlamaModel model) => new(
        model.Embedder!, model.Tokenizer, () => model.CreateEmbeddingRunner(1), new(), "t", TimeProvider.System, NullLogger<LocalTextEmbedder>.Instance);

    public static async Task<EmbeddingOutcome> EmbedAsync(LlamaModel model, params Prompt[] inputs)
    {
        await using var embedder = CreateEmbedder(model);
        return await embedder.EmbedAsync(new EmbeddingRequest { Id = "r", Inputs = inputs }, default);
    }

    public void Dispose()
    {
        foreach (var model in models.Values) model.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
