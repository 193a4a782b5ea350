using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary><c>llama_batch</c>: parallel arrays that the caller owns.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LlamaBatch
{
    public int Count;
    public int* Tokens;
    public float* Embeddings;
    public int* Positions;
    public int* SequenceCounts;
    public int** SequenceIds;
    public sbyte* Outputs;
}
