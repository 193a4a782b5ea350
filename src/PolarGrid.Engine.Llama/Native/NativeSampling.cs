using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary>Sampler chains. A sampler that was added to a chain belongs to it and is freed with it.</summary>
internal static unsafe partial class NativeSampling
{
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_chain_default_params")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial LlamaSamplerChainParams DefaultChainParams();

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_chain_init")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial SamplerHandle CreateChain(LlamaSamplerChainParams parameters);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_chain_add")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Add(SamplerHandle chain, nint sampler);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_free")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Free(nint sampler);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_apply")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Apply(SamplerHandle chain, LlamaTokenDataArray* candidates);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_accept")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Accept(SamplerHandle chain, int token);

    /// <summary>The library's own way to follow a grammar; compared with ours by tests and benchmarks, not used to serve (docs/adr/0003).</summary>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_init_grammar", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint Grammar(nint vocabulary, string gbnf, string root);

    /// <param name="seed">0xFFFFFFFF draws one from the machine.</param>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_init_dist")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint Distribution(uint seed);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_init_top_k")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint TopK(int k);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_init_top_p")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint TopP(float p, nuint keep);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_init_min_p")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint MinP(float p, nuint keep);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_init_temp")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint Temperature(float temperature);
}
