namespace PolarGrid.Engine.Speech.Running;

/// <summary>How much of an engine there is. Fixed while the pool lives.</summary>
public sealed record EnginePoolOptions
{
    /// <summary>Instances, each with a thread of its own: 1 to 64. Made when first needed.</summary>
    public required int Engines { get; init; }

    /// <summary>Requests that may be inside at once, those being served included: <see cref="Engines"/> to 100,000. Further ones get <see cref="SpeechErrorCode.QueueFull"/>.</summary>
    public required int MaxRequests { get; init; }
}
