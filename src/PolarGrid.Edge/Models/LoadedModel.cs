using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Models;

/// <summary>A registered model.</summary>
public sealed record LoadedModel
{
    internal LoadedModel(ModelDescription description, ITextEngine? engine, ITextEmbedder? embedder, IReadOnlyList<string> aliases)
    {
        Description = description;
        Engine = engine;
        Embedder = embedder;
        Aliases = aliases;
        Fingerprint = FingerprintOf(description);
    }

    public ModelDescription Description { get; }

    /// <summary>Null for a model that only turns texts into vectors.</summary>
    public ITextEngine? Engine { get; }

    /// <summary>Null for a model without vectors for texts.</summary>
    public ITextEmbedder? Embedder { get; }

    internal ModelTask Task => Engine is null ? ModelTask.TextEmbedding : ModelTask.TextGeneration;

    /// <summary>False once what runs the model has broken.</summary>
    public bool IsHealthy => Engine?.Status.Healthy ?? Embedder?.IsHealthy ?? false;

    public string Id => Description.Id;

    public IReadOnlyList<string> Aliases { get; }

    /// <summary>The wire's <c>system_fingerprint</c>: the same as long as model file and server version are.</summary>
    public string Fingerprint { get; }

    private static string FingerprintOf(ModelDescription model)
    {
        var identity = string.Create(
            CultureInfo.InvariantCulture,
            $"{model.Id}\n{model.Architecture}\n{model.Quantisation}\n{model.Parameters}\n{model.Created}\n{ProductVersion.Text}");
        return "fp_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..12];
    }
}
