using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary>One context: forward passes and their logits.</summary>
internal static unsafe partial class NativeContext
{
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_context_default_params")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial LlamaContextParams DefaultParams();

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_init_from_model")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ContextHandle Create(ModelHandle model, LlamaContextParams parameters);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_free")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Free(nint context);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_max_parallel_sequences")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nuint MaxSequences();

    /// <summary>Cells that one sequence can fill.</summary>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_n_ctx_seq")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial uint SequenceSize(ContextHandle context);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_n_ctx")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial uint ContextSize(ContextHandle context);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_n_batch")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial uint BatchSize(ContextHandle context);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_n_seq_max")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial uint SequenceCount(ContextHandle context);

    /// <returns>0 done, 1 no KV room, 2 aborted, -1 batch refused, below that fatal.</returns>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_decode")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Decode(ContextHandle context, LlamaBatch batch);

    /// <summary>Waits for the pass; needed on devices that run beside the CPU.</summary>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_synchronize")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Synchronize(ContextHandle context);

    /// <returns>A row of the vocabulary's size, valid until the next pass; null when the entry asked for no output.</returns>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_get_logits_ith")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial float* Logits(ContextHandle context, int index);

    /// <returns>The pooled vector of a sequence of the last pass, or null when there is none; valid until the next pass.</returns>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_get_embeddings_seq")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial float* SequenceEmbedding(ContextHandle context, int sequence);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_set_n_threads")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void SetThreads(ContextHandle context, int single, int batch);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_attach_threadpool")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void AttachThreadpool(ContextHandle context, ThreadpoolHandle single, ThreadpoolHandle batch);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_detach_threadpool")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DetachThreadpool(ContextHandle context);
}
