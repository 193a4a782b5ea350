using PolarGrid.Engine.Llama.Cpu;
using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Llama.Native;
using PolarGrid.Engine.Llama.Threads;
using PolarGrid.Engine.Running;

namespace PolarGrid.Engine.Llama.Running;

/// <summary>Makes the context of a runner and says what it holds.</summary>
internal static class RunnerContext
{
    // Copying so many cells takes no longer than computing one token.
    private const int CopiedCellsPerToken = 64;

    /// <param name="cpu">Computes the context's graphs; null: the library's own choice does.</param>
    /// <exception cref="ModelLoadException">The library gives no such context.</exception>
    public static ContextHandle Create(ModelHandle model, LlamaRunnerOptions options, CpuSwitch? cpu)
    {
        var parameters = NativeContext.DefaultParams();
        parameters.Context = (uint)options.KvTokens;
        parameters.Batch = (uint)options.BatchTokens;
        parameters.MicroBatch = (uint)options.BatchTokens;
        parameters.MaxSequences = (uint)options.Sequences;

        // The library asserts that this is no smaller than the number of sequences.
        parameters.MaxOutputs = (uint)OutputsOf(options);
        parameters.MaxOutputsPerSequence = (uint)OutputsOf(options);
        parameters.Threads = options.ThreadsOrDefault;
        parameters.BatchThreads = options.ThreadsOrDefault;
        parameters.FlashAttentionType = options.FlashAttention switch { FlashAttention.On => 1, FlashAttention.Off => 0, _ => -1 };
        parameters.KeyType = parameters.ValueType = options.KvType == KvType.Q8 ? GgmlTypes.Q8 : GgmlTypes.F16;
        parameters.NoPerf = 1;
        parameters.KvUnified = options.KvLayout == KvLayout.Shared ? (byte)1 : (byte)0;
        parameters.SwaFull = 1;

        NativeLog.TakeLastError();
        var context = CpuDevice.Under(cpu, () => NativeContext.Create(model, parameters));
        if (!context.IsInvalid) return context;
        context.Dispose();
        throw new ModelLoadException($"No context of {options.KvTokens} tokens: {NativeLog.TakeLastError() ?? "the library gives no reason"}.");
    }

    public static RunnerCapacity CapacityOf(ContextHandle context, LlamaModelInfo info, LlamaRunnerOptions options)
    {
        var kvTokens = (int)NativeContext.ContextSize(context);
        var sequenceTokens = (int)NativeContext.SequenceSize(context);
        var separate = sequenceTokens < kvTokens;
        return new RunnerCapacity(
            options.Sequences, kvTokens, (int)NativeContext.BatchSize(context), OutputsOf(options), SharesPartialPrefixes(info, separate))
        {
            SequenceTokens = sequenceTokens,
            LeastSharedTokens = separate ? 1 + (sequenceTokens / CopiedCellsPerToken) : 1,
        };
    }

    /// <summary>Bytes of so many cells, as far as the model says.</summary>
    public static long KvBytesOf(LlamaModelInfo info, LlamaRunnerOptions options, int kvTokens)
    {
        var bytes = (long)info.KvBytesPerToken * kvTokens;
        return options.KvType == KvType.Q8 ? bytes * 17 / 32 : bytes;
    }

    /// <summary>
    /// Whether a beginning of what a sequence holds can be shared, and its end dropped. In a cache that sequences fill together the library
    /// gives a cell that a sliding window has left to whoever needs one, so only the end of a sequence is whole there.
    /// </summary>
    internal static bool SharesPartialPrefixes(LlamaModelInfo info, bool separate) => !info.KeepsState && (separate || info.WindowTokens == 0);

    private static int OutputsOf(LlamaRunnerOptions options) =>
        options.MeasuresPasses ? Math.Max(options.Sequences, PassMeasurement.MostRows) : options.Sequences;
}
