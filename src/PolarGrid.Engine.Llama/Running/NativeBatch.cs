using System.Runtime.InteropServices;
using PolarGrid.Engine.Llama.Native;
using PolarGrid.Engine.Running;

namespace PolarGrid.Engine.Llama.Running;

/// <summary>The arrays of a batch, allocated once in native memory. Each entry belongs to exactly one sequence.</summary>
/// <remarks>
/// Where sequences have separate cells the library computes sequences together only when their numbers follow one another in the batch,
/// so there the entries are put in that order.
/// </remarks>
internal sealed unsafe class NativeBatch : IDisposable
{
    private readonly int capacity;
    private readonly void* block;
    private readonly int* sequences;
    private readonly int[]? order;
    private readonly int[] keys;
    private readonly int[] indexes;
    private LlamaBatch batch;

    /// <param name="capacity">Most entries.</param>
    /// <param name="ordered">Whether entries are put in the order of their sequences.</param>
    public NativeBatch(int capacity, bool ordered)
    {
        this.capacity = capacity;
        order = ordered ? new int[capacity] : null;
        keys = ordered ? new int[capacity] : [];
        indexes = ordered ? new int[capacity] : [];
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
        Order(entries);
        for (var i = 0; i < entries.Length; i++)
        {
            ref readonly var entry = ref entries[order is null ? i : order[i]];
            batch.Tokens[i] = entry.Token;
            batch.Positions[i] = entry.Position;
            sequences[i] = entry.Sequence;
            batch.Outputs[i] = entry.Output ? (sbyte)1 : (sbyte)0;
        }
    }

    /// <summary>Where an entry of the last <see cref="Fill"/> stands for the library.</summary>
    public int IndexOf(int entry) => order is null ? entry : indexes[entry];

    public void Dispose()
    {
        if (batch.SequenceIds is null) return;
        batch = default;
        NativeMemory.Free(block);
    }

    // By sequence, then as they came; keys are unique, so the order is stable.
    private void Order(ReadOnlySpan<BatchEntry> entries)
    {
        if (order is null) return;
        for (var i = 0; i < entries.Length; i++)
        {
            keys[i] = (entries[i].Sequence * capacity) + i;
            order[i] = i;
        }

        Array.Sort(keys, order, 0, entries.Length);
        for (var i = 0; i < entries.Length; i++) indexes[order[i]] = i;
    }
}
