using System.Numerics.Tensors;
using PolarGrid.Engine.Embeddings;
using PolarGrid.Engine.Llama.Model;
using PolarGrid.Engine.Llama.Native;
using PolarGrid.Engine.Llama.Running;
using PolarGrid.Engine.Llama.Text;
using PolarGrid.Engine.Running;

namespace PolarGrid.Engine.Llama.Embeddings;

/// <summary>A llama context of its own that pools the last layer's states into one vector per sequence.</summary>
/// <remarks>Only one thread uses it. Every number is checked before native code sees it.</remarks>
internal sealed unsafe class LlamaEmbeddingRunner : IEmbeddingRunner
{
    private readonly ContextHandle context;
    private readonly ThreadpoolHandle threadpool;
    private readonly LlamaTokenizer tokenizer;
    private readonly NativeBatch batch;
    private readonly BatchEntry[] entries;

    // Zero for an encoder, which keeps nothing from pass to pass.
    private readonly nint memory;
    private bool failed;

    private LlamaEmbeddingRunner(ContextHandle context, ThreadpoolHandle threadpool, LlamaTokenizer tokenizer, EmbeddingCapacity capacity)
    {
        this.context = context;
        this.threadpool = threadpool;
        this.tokenizer = tokenizer;
        Capacity = capacity;
        memory = NativeKv.Get(context);
        batch = new NativeBatch(capacity.BatchTokens, ordered: false);
        entries = new BatchEntry[capacity.BatchTokens];
    }

    public EmbeddingCapacity Capacity { get; }

    /// <summary>Null when the library gives no such context; it then says why.</summary>
    /// <param name="tokens">Most of one pass and of one input.</param>
    public static (LlamaEmbeddingRunner? Runner, string? Reason) Create(
        ModelHandle model, LlamaModelInfo info, LlamaTokenizer tokenizer, Pooling pooling, int tokens, int threads)
    {
        var parameters = NativeContext.DefaultParams();
        parameters.Context = parameters.Batch = parameters.MicroBatch = (uint)EmbeddingSizing.ReservedTokens(tokens);
        parameters.MaxSequences = EmbeddingSizing.Inputs;
        parameters.MaxOutputs = parameters.MaxOutputsPerSequence = parameters.MicroBatch;
        parameters.Threads = parameters.BatchThreads = threads;
        parameters.PoolingType = (int)pooling;
        parameters.Embeddings = 1;
        parameters.NoPerf = 1;
        parameters.KvUnified = 1;
        parameters.SwaFull = 1;

        var threadpool = ThreadpoolHandle.Create(threads, poll: 0, nice: 0);
        NativeLog.TakeLastError();
        var context = NativeContext.Create(model, parameters);
        if (context.IsInvalid || NativeContext.BatchSize(context) < tokens)
        {
            context.Dispose();
            threadpool.Dispose();
            return (null, $"No embedding context of {tokens} tokens: {NativeLog.TakeLastError() ?? "the library gives no reason"}.");
        }

        context.Hold(model);
        context.Hold(threadpool);
        NativeContext.AttachThreadpool(context, threadpool, threadpool);
        var capacity = new EmbeddingCapacity(EmbeddingSizing.Inputs, tokens, info.EmbeddingSize)
        {
            SharedTokens = EmbeddingSizing.SharedTokens(info, tokens, tokenizer.VocabularySize),
        };
        return (new LlamaEmbeddingRunner(context, threadpool, tokenizer, capacity), null);
    }

    public DecodeStatus Compute(IReadOnlyList<int[]> inputs, IReadOnlyList<float[]> vectors, ICollection<int> unusable)
    {
        ObjectDisposedException.ThrowIf(context.IsClosed, this);
        unusable.Clear();
        if (failed) return DecodeStatus.Fatal;
        if (!TryFill(inputs, vectors, out var count)) return DecodeStatus.InvalidBatch;

        if (memory != 0) NativeKv.ClearAll(memory, data: false);
        batch.Fill(entries.AsSpan(0, count));
        var code = NativeContext.Decode(context, batch.View);
        if (code is not 0)
        {
            failed = code is not (1 or -1);
            return code switch { 1 => DecodeStatus.NoKvRoom, -1 => DecodeStatus.InvalidBatch, _ => DecodeStatus.Fatal };
        }

        NativeContext.Synchronize(context);
        for (var input = 0; input < inputs.Count; input++)
        {
            if (!TryRead(input, vectors[input])) unusable.Add(input);
        }

        return DecodeStatus.Ok;
    }

    public void Dispose()
    {
        if (context.IsClosed) return;
        context.Dispose();
        threadpool.Dispose();
        batch.Dispose();
    }

    private bool TryFill(IReadOnlyList<int[]> inputs, IReadOnlyList<float[]> vectors, out int count)
    {
        count = 0;
        if (inputs.Count is 0 || inputs.Count > Capacity.Inputs || vectors.Count != inputs.Count) return false;
        for (var input = 0; input < inputs.Count; input++)
        {
            if (inputs[input].Length == 0 || vectors[input].Length != Capacity.Dimensions) return false;
            if (inputs[input].Length > Capacity.BatchTokens - count) return false;
            for (var position = 0; position < inputs[input].Length; position++)
            {
                var token = inputs[input][position];
                if ((uint)token >= (uint)tokenizer.VocabularySize) return false;
                entries[count++] = new BatchEntry(token, position, input, Output: true);
            }
        }

        return true;
    }

    /// <summary>Copies a vector and scales it to the length 1. False when the model gave none or one without a direction.</summary>
    private bool TryRead(int sequence, float[] vector)
    {
        var row = NativeContext.SequenceEmbedding(context, sequence);
        if (row is null) return false;
        new ReadOnlySpan<float>(row, vector.Length).CopyTo(vector);
        var length = TensorPrimitives.Norm<float>(vector);
        if (!float.IsFinite(length) || length <= 0) return false;
        TensorPrimitives.Divide(vector, length, vector);
        return true;
    }
}
