using PolarGrid.Engine.Drafting;
using PolarGrid.Engine.Grammars.Tokens;
using PolarGrid.Engine.Llama.Cpu;
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
    private readonly ContextHandle context;
    private readonly ThreadpoolHandle threadpool;
    private readonly nint memory;
    private readonly NativeBatch nativeBatch;
    private readonly LlamaTokenizer tokenizer;
    private readonly SamplingScratch scratch;
    private readonly bool[] outputs;
    private readonly StepThreads threads;
    private readonly CpuSwitch? cpu;
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
        CpuSwitch? cpu,
        int nice)
    {
        this.threads = threads;
        this.cpu = cpu;
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

    /// <summary>Passes that another build of the CPU backend computed than the one that the library chose.</summary>
    internal int OtherBuildPasses => cpu?.OtherGraphs ?? 0;

    /// <summary>Which passes those are; null: none. Settable so that tests need not hang on the machine.</summary>
    internal BuildChoice? Builds
    {
        get => threads.Builds;
        set => threads.Builds = value;
    }

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
        cpu?.Dispose();
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

    /// <param name="other">A build of the CPU backend that may compute some passes; null: none.</param>
    internal static LlamaRunner Create(
        ModelHandle model, LlamaModelInfo info, LlamaTokenizer tokenizer, LlamaRunnerOptions options, TimeProvider timeProvider, CpuBuild? other = null)
    {
        if (options.Validate() is { } mistake) throw new ModelLoadException(mistake);

        var count = options.ThreadsOrDefault;
        var threadpool = ThreadpoolHandle.Create(count, options.Poll, options.Nice);
        ContextHandle? context = null;
        CpuSwitch? cpu = null;
        LlamaRunner? runner = null;
        try
        {
            cpu = other is null ? null : new CpuSwitch(other, count, options.Poll, options.Nice);
            context = RunnerContext.Create(model, options, cpu);
            context.Hold(model);
            context.Hold(threadpool);
            NativeContext.AttachThreadpool(context, threadpool, threadpool);

            var capacity = RunnerContext.CapacityOf(context, info, options);
            var threads = new StepThreads(count, options.AdaptThreads, timeProvider, cpu);
            var kvBytes = RunnerContext.KvBytesOf(info, options, capacity.KvTokens);
            runner = new LlamaRunner(context, threadpool, tokenizer, capacity, kvBytes, threads, cpu, options.Nice);
            runner.WarmUp();
            if (options.MeasuresPasses) runner.MeasurePasses(timeProvider, AttentionCost(info, count));

            // Only now: the present thread goes on to other things.
            if (options.SeatThreads) threads.Seats = ProcessorSeats.For(count, cpu is null ? [threadpool.Workers] : [threadpool.Workers, cpu.Workers]);
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
                cpu?.Dispose();
                threadpool.Dispose();
            }

            throw;
        }
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
        var costs = new PassMeasurement(timeProvider, most, rows => TimeRows(rows, other: false)).Run();
        if (costs is not null && cpu is not null && new PassMeasurement(timeProvider, most, rows => TimeRows(rows, other: true)).Run() is { } others)
        {
            threads.Builds = new BuildChoice(new PassCosts(costs), new PassCosts(others));
            costs = threads.Builds.Costs;
        }

        if (costs is not null && TimeRows(2, other: false) is not null && NativeKv.Remove(memory, 0, 1, -1))
        {
            Capacity = Capacity with { PassCosts = new PassCosts(costs, attentionCost) };
        }

        decoded = 0;
        NativeKv.ClearAll(memory, data: false);
    }

    private double? TimeRows(int rows, bool other)
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
            duration = threads.Time(context, nativeBatch.View, other);
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
