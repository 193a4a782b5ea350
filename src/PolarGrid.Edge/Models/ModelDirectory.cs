using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Models;

/// <summary>Keeps the models in a list that is replaced whole, so that requests read it without a lock.</summary>
internal sealed class ModelDirectory : IModelDirectory
{
    private readonly Lock writers = new();
    private volatile Snapshot current = new([]);

    public IReadOnlyList<LoadedModel> Models => current.Models;

    public void Register(ITextEngine engine, ITextEmbedder? embedder, IReadOnlyList<string> aliases) =>
        Add(new LoadedModel(engine.Model, engine, embedder, [.. aliases]), nameof(engine));

    public void Register(ModelDescription model, ITextEmbedder embedder, IReadOnlyList<string> aliases) =>
        Add(new LoadedModel(model, null, embedder, [.. aliases]), nameof(model));

    public bool Unregister(string id)
    {
        lock (writers)
        {
            var left = current.Models.Where(model => model.Id != id).ToArray();
            if (left.Length == current.Models.Length) return false;
            current = new Snapshot(left);
            return true;
        }
    }

    public bool TryFind(string name, [NotNullWhen(true)] out LoadedModel? model) => current.ByName.TryGetValue(name, out model);

    private void Add(LoadedModel model, string parameter)
    {
        lock (writers)
        {
            string[] names = [model.Id, .. model.Aliases];
            if (names.FirstOrDefault(name => string.IsNullOrWhiteSpace(name) || current.ByName.ContainsKey(name)) is { } bad)
            {
                throw new ArgumentException($"The model name '{bad}' is empty or taken by another model.", parameter);
            }

            current = new Snapshot([.. current.Models, model]);
        }
    }

    private sealed class Snapshot(LoadedModel[] models)
    {
        public LoadedModel[] Models { get; } = models;

        public FrozenDictionary<string, LoadedModel> ByName { get; } = models
            .SelectMany(model => model.Aliases.Prepend(model.Id), (model, name) => KeyValuePair.Create(name, model))
            .ToFrozenDictionary(StringComparer.Ordinal);
    }
}
