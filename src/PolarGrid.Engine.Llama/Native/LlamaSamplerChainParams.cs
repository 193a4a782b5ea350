using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary><c>llama_sampler_chain_params</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LlamaSamplerChainParams
{
    public byte NoPerf;
}
