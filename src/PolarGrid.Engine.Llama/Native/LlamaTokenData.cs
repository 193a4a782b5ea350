using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary><c>llama_token_data</c>: one candidate.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LlamaTokenData
{
    public int Id;
    public float Logit;
    public float Probability;
}

/// <summary><c>llama_token_data_array</c>: candidates on their way through a sampler chain.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LlamaTokenDataArray
{
    /// <summary>Samplers may point this elsewhere: read the choice through it, not through the array that was handed in.</summary>
    public LlamaTokenData* Data;
    public nuint Size;

    /// <summary>An index into <see cref="Data"/>, not a token.</summary>
    public long Selected;
    public byte Sorted;
}
