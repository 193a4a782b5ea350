using System.Diagnostics.CodeAnalysis;
using PolarGrid.Engine;

namespace PolarGrid.Edge.Models;

/// <summary>The loaded models by name. All members are safe from any thread; a reader sees one consistent list.</summary>
public interface IModelDirectory
{
    /// <summary>In the order of registration.</summary>
    IReadOnlyList<LoadedModel> Models { get; }

    /// <summary>Makes a model reachable. The directory does not own the engine: whoever created it disposes it after unregistering.</summary>
    /// <param name="engine">Reached by its <see cref="ModelDescription.Id"/>.</param>
    /// <param name="aliases">Further names, for example <c>chat-prime</c>.</param>
    /// <exception cref="ArgumentException">One of the names is taken or empty.</exception>
    void Register(ITextEngine engine, params IReadOnlyList<string> aliases) => Register(engine, null, aliases);

    /// <inheritdoc cref="Register(ITextEngine, IReadOnlyList{string})"/>
    /// <param name="engine">Reached by its <see cref="ModelDescription.Id"/>.</param>
    /// <param name="embedder">The same model's vectors, where it has any; not owned either.</param>
    /// <param name="aliases">Further names.</param>
    void Register(ITextEngine engine, ITextEmbedder? embedder, IReadOnlyList<string> aliases);

    /// <summary>Makes a model reachable that turns texts into vectors and writes none.</summary>
    /// <param name="model">Reached by its id.</param>
    /// <param name="embedder">Not owned.</param>
    /// <param name="aliases">Further names.</param>
    /// <exception cref="ArgumentException">One of the names is taken or empty.</exception>
    void Register(ModelDescription model, ITextEmbedder embedder, IReadOnlyList<string> aliases);

    /// <summary>Makes it unreachable for new requests; running ones go on.</summary>
    /// <returns>False when no model has that id.</returns>
    bool Unregister(string id);

    /// <param name="name">An id or an alias, in exactly that spelling.</param>
    /// <param name="model">The model of that name.</param>
    bool TryFind(string name, [NotNullWhen(true)] out LoadedModel? model);
}
