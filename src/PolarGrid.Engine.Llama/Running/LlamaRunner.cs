using PolarGrid.Engine.Grammars.Tokens;
using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Llama.Native;
using PolarGrid.Engine.Llama.Sampling;
using PolarGrid.Engine.Llama.Text;
using PolarGrid.Engine.Llama.Threads;
using PolarGrid.Engine.Running;

namespace PolarGrid.Engine.Llama.Running;

/// <summary>A llama context with one KV cache for all sequences.</summary>
/// <remarks>
/// Only one thread uses a runner; nothing here locks. Every number is checked before native code sees it, because there an index out
/// of range ends the process. A step allocates nothing.
/// </remarks>
public sealed unsafe class LlamaRunner : IModelRunner
{
    // Copying so many cells takes no longer than computing one token.
    private const int CopiedCellsPerToken = 64;

    private readonly ContextHandle context;
    private readonly ThreadpoolHandle threadpool;
    private readonly nint memory;
    private readonly NativeBatch nativeBatch;
    private readonly LlamaTokenizer tokenizer;
    private readonly SamplingScratch scratch;
    private readonly bool[] outputs;
    private readonly StepThreads threads;
    private readonly int nice;
    private int driver;
    private int decoded;
    private bool failed;

    private LlamaRunner(
        ContextHandle context,
        ThreadpoolHandle threadpool,
        LlamaTokenizer tokenizer,
        RunnerCapacity capacity,
        long kvBytes,
        StepThreads threads,
        int nice)
    {
        this.threads = threads;
        this.nice = nice;
        this.context = context;
        this.threadpool = threadpool;
        this.tokenizer = tokenizer;
        memory = NativeKv.Get(context);
        nativeBatch = new NativeBatch(capacity.BatchTokens, ordered: capacity.IsSeparate);
        outputs = new bool[capacity.BatchTokens];
        scratch = new SamplingScratch(tokenizer.VocabularySize);
        Capacity = capacity;
        KvBytes = kvBytes;
    }

    public RunnerCapacity Capacity { get; private set; }

    /// <summary>Bytes of the KV cache as far as the model says.</summary>
    public long KvBytes { get; }

    /// <summary>Threads that single tokens of few sequences are computed with at present.</summary>
    public int DecodeThreads => threads.DecodeThreads;

    internal LlamaTokenizer Tokenizer => tokenizer;

    internal SamplingScratch SamplingScratch => scratch;

    public DecodeStatus Decode(ReadOnlySpan<BatchEntry> batch)
    {
        ObjectDisposedException.ThrowIf(context.IsClosed, this);
        decoded = 0;
        if (failed) return DecodeStatus.Fatal;
        if (!IsValid(batch)) return DecodeStatus.InvalidBatch;

        TakeDriver();
        nativeBatch.Fill(batch);
        var status = Map(threads.Decode(context, nativeBatch.View, HasOneRowEach(batch)));
        if (status == DecodeStatus.Ok)
        {
            for (var i = 0; i < batch.Length; i++) outputs[i] = batch[i].Output;
            decoded = batch.Length;
        }

        failed = status == DecodeStatus.Fatal;
        return status;
    }

    public int DecodeWidth(int sequences) => threads.DecodeWidth(sequences);

    public void CopyPrefix(int source, int target, int tokens)
    {
        CheckSequence(source);
        CheckSequence(target);
        if (source == target) throw new ArgumentException("A sequence cannot share its own prefix.", nameof(target));
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        var last = NativeKv.LastPosition(memory, source);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tokens, last + 1);
        if (!Capacity.SharesPartialPrefixes && tokens != last + 1)
        {
            throw new InvalidOperationException($"This model's state cannot be cut: sequence {source} has {last + 1} tokens, not {tokens}.");
        }

        if (!Capacity.IsSeparate)
        {
            NativeKv.Copy(memory, source, target, 0, tokens);
            return;
        }

        // Between separate stretches the library copies whole ones only, when the next pass begins.
        NativeKv.Copy(memory, source, target, -1, -1);
        if (tokens <= last) Truncate(target, tokens);
    }

    public void Truncate(int sequence, int keep)
    {
        CheckSequence(sequence);
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 0);
        if (!NativeKv.Remove(memory, sequence, keep, -1))
        {
            throw new InvalidOperationException($"Sequence {sequence} could not be cut to {keep} tokens.");
        }
    }

    public void Clear(int sequence)
    {
        CheckSequence(sequence);
        if (!NativeKv.Remove(memory, sequence, -1, -1)) throw new InvalidOperationException($"Sequence {sequence} could not be cleared.");
    }

    public ISequenceSampler CreateSampler(SamplingSettings settings, ReadOnlySpan<int> prompt, TokenConstraint? constraint = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ObjectDisposedException.ThrowIf(context.IsClosed, this);
        if (settings.Check(tokenizer.VocabularySize) is { } error) throw new ArgumentException(error.Message, nameof(settings));
        foreach (var token in prompt)
        {
            if ((uint)token >= (uint)tokenizer.VocabularySize) throw new ArgumentOutOfRangeException(nameof(prompt), token, "Not a token.");
        }

        return new LlamaSequenceSampler(this, settings, prompt, constraint);
    }

    public float ReadLogprobs(int batchIndex, int token, Span<RankedToken> top)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, tokenizer.VocabularySize);
        return LogprobReader.Read(Logits(batchIndex), token, top, scratch);
    }

    public void Dispose()
    {
        if (context.IsClosed) return;
        context.Dispose();
        threadpool.Dispose();
        nativeBatch.Dispose();
        scratch.Dispose();
    }

    /// <summary>The logits of an entry of the last pass, one per token of the vocabulary; valid until the next pass.</summary>
    internal Span<float> Logits(int batchIndex)
    {
        ObjectDisposedException.ThrowIf(context.IsClosed, this);
        if ((uint)batchIndex >= (uint)decoded || !outputs[batchIndex])
        {
            throw new ArgumentOutOfRangeException(nameof(batchIndex), batchIndex, "That entry of the last pass asked for no output.");
        }

        var row = NativeContext.Logits(context, nativeBatch.IndexOf(batchIndex));
        return row is null
            ? throw new InvalidOperationException($"The library has no logits for entry {batchIndex}.")
            : new Span<float>(row, tokenizer.VocabularySize);
    }

    internal static LlamaRunner Create(
        ModelHandle model, LlamaModelInfo info, LlamaTokenizer tokenizer, LlamaRunnerOptions options, TimeProvider timeProvider)
    {
        if (options.Validate() is { } mistake) throw new ModelLoadException(mistake);

        var threadpool = ThreadpoolHandle.Create(options.ThreadsOrDefault, options.Poll, options.Nice);
        ContextHandle? context = null;
        LlamaRunner? runner = null;
        try
        {
            context = CreateContext(model, options);
            context.Hold(model);
            context.Hold(threadpool);
            NativeContext.AttachThreadpool(context, threadpool, threadpool);

            var kvTokens = (int)NativeContext.ContextSize(context);
            var sequenceTokens = (int)NativeContext.SequenceSize(context);
            var capacity = new RunnerCapacity(
                options.Sequences, kvTokens, (int)NativeContext.BatchSize(context), OutputsOf(options), SharesPartialPrefixes(info, sequenceTokens < kvTokens))
            {
                SequenceTokens = sequenceTokens,
                LeastSharedTokens = sequenceTokens < kvTokens ? 1 + (sequenceTokens / CopiedCellsPerToken) : 1,
            };
            runner = new LlamaRunner(
                context,
                threadpool,
                tokenizer,
                capacity,
                KvBytesOf(info, options, kvTokens),
                new StepThreads(options.ThreadsOrDefault, options.AdaptThreads, timeProvider),
                options.Nice);
            runner.WarmUp();
            if (options.MeasuresPasses) runner.MeasurePasses(timeProvider, AttentionCost(info, options.ThreadsOrDefault));

            // Only now: the present thread goes on to other things.
            if (options.SeatThreads) runner.threads.Seats = ProcessorSeats.For(threadpool.Workers, options.ThreadsOrDefault);
            return runner;
        }
        catch
        {
            if (runner is not null)
            {
                runner.Dispose();
            }
            else
            {
                context?.Dispose();
                threadpool.Dispose();
            }

            throw;
        }
    }

    /// <summary>
    /// Whether a beginning of what a sequence holds can be shared, and its end dropped. In a cache that sequences fill together the library
    /// gives a cell that a sliding window has left to whoever needs one, so only the end of a sequence is whole there.
    /// </summary>
    internal static bool SharesPartialPrefixes(LlamaModelInfo info, bool separate) => !info.KeepsState && (separate || info.WindowTokens == 0);

    private static ContextHandle CreateContext(ModelHandle model, LlamaRunnerOptions options)
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
        var context = NativeContext.Create(model, parameters);
        if (!context.IsInvalid) return context;
        context.Dispose();
        throw new ModelLoadException($"No context of {options.KvTokens} tokens: {NativeLog.TakeLastError() ?? "the library gives no reason"}.");
    }

    private static int OutputsOf(LlamaRunnerOptions options) =>
        options.MeasuresPasses ? Math.Max(options.Sequences, PassMeasurement.MostRows) : options.Sequences;

    private static long KvBytesOf(LlamaModelInfo info, LlamaRunnerOptions options, int kvTokens)
    {
        var bytes = (long)info.KvBytesPerToken * kvTokens;
        return options.KvType == KvType.Q8 ? bytes * 17 / 32 : bytes;
    }

    // Rows of one sequence stand side by side.
    private static bool HasOneRowEach(ReadOnlySpan<BatchEntry> batch)
    {
        for (var at = 1; at < batch.Length; at++)
        {
            if (batch[at].Sequence == batch[at - 1].Sequence) return false;
        }

        return true;
    }

    private static DecodeStatus Map(int code) => code switch
    {
        0 => DecodeStatus.Ok,
        1 => DecodeStatus.NoKvRoom,
        -1 => DecodeStatus.InvalidBatch,
        _ => DecodeStatus.Fatal,
    };

    // The first pass of each kind builds its graph and touches every weight; the first caller should not wait for that.
    private void WarmUp()
    {
        var token = tokenizer.BeginOfText ?? 0;
        BatchEntry[] prompt = [.. Enumerable.Range(0, Math.Min(32, Capacity.BatchTokens)).Select(i => new BatchEntry(token, i, 0, i == 31))];
        foreach (var entries in (BatchEntry[][])[prompt, [new BatchEntry(token, prompt.Length, 0, true)]])
        {
            var status = Decode(entries);
            if (status != DecodeStatus.Ok) throw new ModelLoadException($"The first forward pass of the model failed: {status}.");
        }

        decoded = 0;
        threads.Forget();
        NativeKv.ClearAll(memory, data: false);
    }

    private void MeasurePasses(TimeProvider timeProvider, double attentionCost)
    {
        // A recurrent state cannot go back, and what the library cannot cut now it could not cut later.
        if (!Capacity.SharesPartialPrefixes) return;
        var most = Math.Min(Capacity.BatchTokens, Capacity.SequenceTokens);
        var costs = new PassMeasurement(timeProvider, most, TimeRows, attentionCost).Run();
        if (costs is not null && TimeRows(2) is not null && NativeKv.Remove(memory, 0, 1, -1)) Capacity = Capacity with { PassCosts = costs };
        decoded = 0;
        NativeKv.ClearAll(memory, data: false);
    }

    private double? TimeRows(int rows)
    {
        // Tokens that differ, as a text's do: alike they would all go to the same experts of a mixture.
        var entries = Enumerable.Range(0, rows)
            .Select(position => new BatchEntry((1 + (7919 * (position + 1))) % tokenizer.VocabularySize, position, 0, Output: true)).ToArray();
        double? duration = null;

        // Single rows come one after another when text is written, on a graph that is built already.
        for (var run = rows == 1 ? 0 : 1; run < 2; run++)
        {
            NativeKv.ClearAll(memory, data: false);
            nativeBatch.Fill(entries);
            duration = threads.Time(context, nativeBatch.View);
        }

        return duration;
    }

    /// <summary>Microseconds that attention takes for one row and one cell: about 2 ns for each layer and 64 numbers (docs/adr/0001).</summary>
    private static double AttentionCost(LlamaModelInfo info, int threads) => 0.002 * info.Layers * info.EmbeddingSize / 64 / threads;

    // The thread that drives the runner computes too, so it gets the pool's nice value, once.
    private void TakeDriver()
    {
        var current = Environment.CurrentManagedThreadId;
        if (driver == current) return;
        if (driver != 0 && nice != 0) ThreadNice.TrySet(nice);
        driver = current;
    }

    private bool IsValid(ReadOnlySpan<BatchEntry> entries)
    {
        if (entries.IsEmpty || entries.Length > Capacity.BatchTokens) return false;
        var wanted = 0;
        foreach (ref readonly var entry in entries)
        {
            if ((uint)entry.Token >= (uint)tokenizer.VocabularySize
                || (uint)entry.Sequence >= (uint)Capacity.Sequences
                || (uint)entry.Position >= (uint)Capacity.SequenceTokens) return false;
            if (entry.Output) wanted++;
        }

        return wanted <= Capacity.Outputs;
    }

    private void CheckSequence(int sequence)
    {
        ObjectDisposedException.ThrowIf(context.IsClosed, this);
        if ((uint)sequence >= (uint)Capacity.Sequences)
        {
            throw new ArgumentOutOfRangeException(nameof(sequence), sequence, $"The runner has {Capacity.Sequences} sequences.");
        }
    }
}
