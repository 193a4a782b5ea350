namespace PolarGrid.Engine;

/// <summary>
/// One loaded text model as the edge sees it. The seam: everything that crosses it (<see cref="GenerationRequest"/>,
/// <see cref="TokenEvent"/>, <see cref="EngineError"/>) is data that can be serialised, so an engine may live in this
/// process or in another one.
/// </summary>
/// <remarks>All members are safe to call from any thread. Whoever created the engine disposes it.</remarks>
public interface ITextEngine : IAsyncDisposable
{
    /// <summary>What is loaded and how large it is. Does not change while the engine lives.</summary>
    ModelDescription Model { get; }

    /// <summary>A snapshot for metrics and health; cheap, may be a step old.</summary>
    EngineStatus Status { get; }

    /// <summary>
    /// Renders, tokenises and queues a request on the caller's thread, then returns the stream of its events.
    /// Never throws for an expected failure: the stream then holds exactly one <see cref="TokenEventKind.Failed"/> event.
    /// </summary>
    /// <param name="request">Not changed; may be shared between calls.</param>
    /// <param name="cancellationToken">
    /// Fires when nobody wants the answer any more. The sequence and its KV cells are free at the next step, and the stream ends
    /// with <see cref="EngineErrorCode.Cancelled"/>.
    /// </param>
    GenerationStream Submit(GenerationRequest request, CancellationToken cancellationToken);
}
