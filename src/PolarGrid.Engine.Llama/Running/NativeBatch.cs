using System.Runtime.InteropServices;
using PolarGrid.Engine.Llama.Native;
using PolarGrid.Engine.Running;

namespace PolarGrid.Engine.Llama.Running;

/// <summary>The arrays of a batch, allocated once in native memory. Each entry belongs to exactly one sequence.</summary>
internal sealed unsafe class NativeBatch : IDisposable
{
    private readonly int capacity;
    private readonly void* block;
    private readonly int* sequences;
    private LlamaBatch batch;

    public NativeBatch(int capacity)
    {
        this.capacity = capacity;
        var bytes = (nuint)capacity * (nuint)(sizeof(int*) + (4 * sizeof(int)) + sizeof(sbyte));
        block = NativeMemory.AllocZeroed(bytes);

        // Pointers first: they have the widest alignment.
        batch.SequenceIds = (int**)block;
        batch.Tokens = (int*)(batch.SequenceIds + capacity);
        batch.Positions = batch.Tokens + capacity;
        batch.SequenceCounts = batch.Positions + capacity;
        sequences = batch.SequenceCounts + capacity;
        batch.Outputs = (sbyte*)(sequences + capacity);
        for (var i = 0; i < capacity; i++)
        {
            batch.SequenceCounts[i] = 1;
            batch.SequenceIds[i] = sequences + i;
        }
    }

    /// <summary>Valid until this object is disposed; the entries until the next <see cref="Fill"/>.</summary>
    public LlamaBatch View => batch;

    /// <param name="entries">Already checked: no more than the capacity.</param>
    public void Fill(ReadOnlySpan<BatchEntry> entries)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entries.Length, capacity);
        batch.Count = entries.Length;
        for (var i = 0; i < entries.Length; i++)
        {
            ref readonly var entry = ref entries[i];
            batch.Tokens[i] = entry.Token;
            batch.Positions[i] = entry.Position;
            sequences[i] = entry.Sequence;
            batch.Outputs[i] = entry.Output ? (sbyte)1 : (sbyte)0;
        }
    }

    public void Dispose()
    {
        if (batch.SequenceIds is null) return;
        batch = default;
        NativeMemory.Free(block);
    }
}
