using PolarGrid.Engine.Running;

namespace PolarGrid.Engine.Scheduling;

/// <summary>How the scheduler shares one context. Fixed while the engine lives.</summary>
public sealed record SchedulerOptions
{
    /// <summary>Most tokens that may be foretold for a sequence in one step.</summary>
    public const int MostDraftTokens = 16;

    /// <summary>Most sequences in prefill or decode at once, 1 to the runner's sequences. The rest of those keep warm prefixes.</summary>
    public int MaxRunning { get; init; } = 32;

    /// <summary>Most sequences waiting, 0 to 100,000; one more is refused with <see cref="EngineErrorCode.QueueFull"/>.</summary>
    public int MaxWaiting { get; init; } = 256;

    /// <summary>
    /// Most tokens of one prompt in a step that also decodes, 1 to the batch size: bounds the gap between tokens of running answers while
    /// prompts come in. Each further prompt that waits adds a share of it, divided by the answers. A step that decodes nothing takes whole
    /// batches.
    /// </summary>
    public int MixedPrefillTokens { get; init; } = 96;

    /// <summary>
    /// A prompt waits for another one that is being computed if that will give it at least this many more tokens to share.
    /// </summary>
    public int ShareWaitTokens { get; init; } = 32;

    /// <summary>Finished sequences shorter than this are not kept.</summary>
    public int LeastWarmTokens { get; init; } = 8;

    /// <summary>
    /// Most tokens of a sequence that a step foretells and computes beside the next one, 0 to <see cref="MostDraftTokens"/>; 0: none.
    /// Only where the runner knows what passes cost (<see cref="RunnerCapacity.PassCosts"/>). See docs/adr/0007.
    /// </summary>
    public int DraftTokens { get; init; }

    /// <summary>Lets tenants read each other's cached prefixes. Off: a cache hit tells a tenant what another one has asked.</summary>
    public bool ShareAcrossTenants { get; init; }
}
