using System.Runtime.InteropServices;
using PolarGrid.Engine.Llama.Native;

namespace PolarGrid.Engine.Llama.Sampling;

/// <summary>Working memory for one choice among a vocabulary; one per runner, because one sequence is sampled at a time.</summary>
internal sealed unsafe class SamplingScratch : IDisposable
{
    /// <summary>Tokens that are looked at together: 1 KB of logits, small enough to stay in the nearest cache.</summary>
    public const int BlockTokens = 256;

    public SamplingScratch(int vocabularySize)
    {
        Weights = new float[vocabularySize];
        Survivors = new float[vocabularySize];
        Masked = new float[vocabularySize];
        Blocks = new float[(vocabularySize + TopCandidates.BlockTokens - 1) / TopCandidates.BlockTokens];
        Sorted = new float[Blocks.Length];
        Bins = new double[NucleusCutoff.BinCount];
        Candidates = (LlamaTokenData*)NativeMemory.Alloc((nuint)vocabularySize, (nuint)sizeof(LlamaTokenData));
    }

    /// <summary>One weight per token.</summary>
    public float[] Weights { get; }

    /// <summary>Weights that may matter, packed.</summary>
    public float[] Survivors { get; }

    /// <summary>Logits without the tokens that must not come.</summary>
    public float[] Masked { get; }

    /// <summary>One number per block.</summary>
    public float[] Blocks { get; }

    /// <summary>As long as <see cref="Blocks"/>.</summary>
    public float[] Sorted { get; }

    /// <summary>Sums of weights of similar size.</summary>
    public double[] Bins { get; }

    /// <summary>Room for every token.</summary>
    public LlamaTokenData* Candidates { get; private set; }

    public void Dispose()
    {
        NativeMemory.Free(Candidates);
        Candidates = null;
    }
}
