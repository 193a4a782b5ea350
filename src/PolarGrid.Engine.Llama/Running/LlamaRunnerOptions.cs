using PolarGrid.Engine.Running;

namespace PolarGrid.Engine.Llama.Running;

/// <summary>The sizes of one context and the threads that compute it. None can change while the runner lives.</summary>
public sealed record LlamaRunnerOptions
{
    /// <summary>Most sequences that the library can number.</summary>
    public const int MostSequences = 256;

    /// <summary>Threads that compute, the loop's own among them, 1 to 512; null: one per processor of this process.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// Use fewer than <see cref="Threads"/> while measuring shows that fewer are faster, as they are beside a busy process.
    /// </summary>
    public bool AdaptThreads { get; init; } = true;

    /// <summary>
    /// Give each thread a processor of its own while all of them compute and there are just as many processors. The thread that drives
    /// the runner is bound too, so it should be one that does nothing else. Linux only.
    /// </summary>
    public bool SeatThreads { get; init; }

    /// <summary>
    /// Cells of the KV cache for all sequences together, 256 to 16,777,216; rounded up to a multiple of 256, in all or per sequence.
    /// </summary>
    public required int KvTokens { get; init; }

    /// <summary>Most tokens of one forward pass, 32 to 16,384. Twice as many cost more memory and longer gaps between tokens.</summary>
    public int BatchTokens { get; init; } = 512;

    /// <summary>Whose the cells are. See docs/adr/0001.</summary>
    public KvLayout KvLayout { get; init; } = KvLayout.Shared;

    /// <summary>Numbered sequences, running and kept warm together, 1 to <see cref="MostSequences"/>.</summary>
    public int Sequences { get; init; } = 128;

    /// <summary>Fused attention that skips cells of other sequences; automatic turns it off only where a device cannot.</summary>
    public FlashAttention FlashAttention { get; init; } = FlashAttention.Automatic;

    /// <summary>How keys and values are kept. Eight bits halve the memory, cost accuracy, and need fused attention.</summary>
    public KvType KvType { get; init; } = KvType.F16;

    /// <summary>0 to 100: how long idle compute threads spin for the next pass before they sleep. See docs/adr/0002.</summary>
    public int Poll { get; init; }

    /// <summary>
    /// Nice value of the compute threads and of the thread that drives the runner, -20 to 19, Linux only. Where a negative value is
    /// not permitted, 0 is kept.
    /// </summary>
    public int Nice { get; init; }

    /// <summary>
    /// Measure at the start what passes over few rows take (<see cref="RunnerCapacity.PassCosts"/>): about a second, more where one pass
    /// takes long.
    /// </summary>
    public bool MeasuresPasses { get; init; }

    internal int ThreadsOrDefault => Threads ?? Math.Min(Environment.ProcessorCount, 512);

    internal string? Validate() =>
        Range(nameof(Threads), ThreadsOrDefault, 1, 512)
        ?? Range(nameof(KvTokens), KvTokens, 256, 1 << 24)
        ?? Range(nameof(BatchTokens), BatchTokens, 32, 16_384)
        ?? Range(nameof(Sequences), Sequences, 1, MostSequences)
        ?? Range(nameof(Poll), Poll, 0, 100)
        ?? Range(nameof(Nice), Nice, -20, 19)
        ?? (Enum.IsDefined(KvLayout) ? null : $"{nameof(KvLayout)} is {KvLayout}, which is none of its values.")
        ?? (Enum.IsDefined(FlashAttention) ? null : $"{nameof(FlashAttention)} is {FlashAttention}, which is none of its values.")
        ?? (Enum.IsDefined(KvType) ? null : $"{nameof(KvType)} is {KvType}, which is none of its values.")
        ?? (KvType == KvType.Q8 && FlashAttention == FlashAttention.Off ? "KvType Q8 needs flash attention, which is off." : null);

    private static string? Range(string name, int value, int least, int most) =>
        value >= least && value <= most ? null : $"{name} is {value}; it must be between {least} and {most}.";
}

/// <summary>Whether attention is computed fused.</summary>
public enum FlashAttention
{
    Automatic,
    On,
    Off,
}

/// <summary>Which cells a sequence may fill.</summary>
public enum KvLayout
{
    /// <summary>All sequences fill one buffer. A shared prefix is kept once; attention walks over the cells of all.</summary>
    Shared,

    /// <summary>
    /// Each sequence has as many cells of its own. Attention sees only those; a shared prefix is copied, and what one leaves free no
    /// other can use.
    /// </summary>
    Separate,
}

/// <summary>Number format of the KV cache.</summary>
public enum KvType
{
    /// <summary>16 bits.</summary>
    F16,

    /// <summary>About 8.5 bits.</summary>
    Q8,
}
