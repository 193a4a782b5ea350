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

    /// <param name="seed">0xFFFFFFFF draws one from the machine.</param>
    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_init_dist")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint Distribution(uint seed);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_init_greedy")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint Greedy();

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

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_init_penalties")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint Penalties(int vocabulary, int lastTokens, float repeat, float frequency, float presence);

    [LibraryImport(NativeNames.Llama, EntryPoint = "llama_sampler_init_logit_bias")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint LogitBias(int vocabulary, int count, LlamaLogitBias* biases);
}

/// <summary><c>llama_logit_bias</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LlamaLogitBias
{
    public int Token;
    public float Bias;
}
