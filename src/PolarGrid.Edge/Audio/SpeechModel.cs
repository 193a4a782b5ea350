using PolarGrid.Engine.Speech.Running;

namespace PolarGrid.Edge.Audio;

/// <summary>A registered speech model.</summary>
/// <param name="Id">Its own name.</param>
/// <param name="Description">What it is.</param>
/// <param name="Engines">Its instances; not owned.</param>
/// <param name="Aliases">Further names.</param>
public sealed record SpeechModel<TDescription, TEngine>(
    string Id, TDescription Description, EnginePool<TEngine> Engines, IReadOnlyList<string> Aliases)
    where TEngine : class, IDisposable;
