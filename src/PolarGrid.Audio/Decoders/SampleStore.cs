using System.Buffers;

namespace PolarGrid.Audio.Decoders;

/// <summary>Samples of unknown number in pieces of 256 KiB, so that taking more never copies what is there.</summary>
internal sealed class SampleStore : IBufferWriter<float>, IDisposable
{
    private const int PieceSamples = 64 << 10;

    private readonly List<(float[] Samples, int Count)> full = [];
    private float[] last = [];
    private int used;

    public long Count { get; private set; }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, last.Length - used);
        used += count;
        Count += count;
    }

    public Memory<float> GetMemory(int sizeHint = 0)
    {
        if (last.Length - used >= Math.Max(sizeHint, 1)) return last.AsMemory(used);
        if (used > 0) full.Add((last, used));
        else if (last.Length > 0) ArrayPool<float>.Shared.Return(last);
        last = ArrayPool<float>.Shared.Rent(Math.Max(sizeHint, PieceSamples));
        used = 0;
        return last;
    }

    public Span<float> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public float[] ToArray()
    {
        // Every sample of it is written below.
        var all = GC.AllocateUninitializedArray<float>(checked((int)Count));
        var at = 0;
        foreach (var (samples, count) in full)
        {
            samples.AsSpan(0, count).CopyTo(all.AsSpan(at));
            at += count;
        }

        last.AsSpan(0, used).CopyTo(all.AsSpan(at));
        return all;
    }

    public void Dispose()
    {
        foreach (var (samples, _) in full) ArrayPool<float>.Shared.Return(samples);
        full.Clear();
        if (last.Length > 0) ArrayPool<float>.Shared.Return(last);
        last = [];
        used = 0;
        Count = 0;
    }
}
