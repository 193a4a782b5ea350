using System.Runtime.InteropServices;
using PolarGrid.Engine.Llama.Native;

namespace PolarGrid.Engine.Llama.Sampling;

/// <summary>Room for every token of a vocabulary as candidates; one per runner, because one sequence is sampled at a time.</summary>
internal sealed unsafe class CandidateBuffer : IDisposable
{
    public CandidateBuffer(int vocabularySize)
    {
        Capacity = vocabularySize;
        Data = (LlamaTokenData*)NativeMemory.Alloc((nuint)vocabularySize, (nuint)sizeof(LlamaTokenData));
    }

    public int Capacity { get; }

    public LlamaTokenData* Data { get; private set; }

    public void Dispose()
    {
        NativeMemory.Free(Data);
        Data = null;
    }
}
