namespace PolarGrid.Engine.Speech.Listening;

/// <summary>The last part of a recording, addressed by samples from its beginning; what is no longer needed is forgotten.</summary>
public sealed class SampleWindow
{
    private const int FirstCapacity = 16 * 1024;

    private float[] samples = new float[FirstCapacity];
    private int offset;
    private int count;

    /// <summary>The first sample that is still here.</summary>
    public long Start { get; private set; }

    /// <summary>Behind the last sample that came.</summary>
    public long End => Start + count;

    public void Append(ReadOnlySpan<float> more)
    {
        if (offset + count + more.Length > samples.Length) MakeRoom(more.Length);
        more.CopyTo(samples.AsSpan(offset + count));
        count += more.Length;
    }

    /// <param name="from">At least <see cref="Start"/>.</param>
    /// <param name="until">At most <see cref="End"/>.</param>
    /// <returns>Valid until the window changes.</returns>
    public ReadOnlyMemory<float> Slice(long from, long until)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, Start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(until, End);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, until);
        return samples.AsMemory(offset + (int)(from - Start), (int)(until - from));
    }

    /// <summary>Lets go of everything before a sample.</summary>
    public void Forget(long before)
    {
        var gone = (int)Math.Clamp(before - Start, 0, count);
        offset += gone;
        count -= gone;
        Start += gone;
    }

    private void MakeRoom(int more)
    {
        var needed = count + more;
        var target = needed <= samples.Length / 2 ? samples : new float[Math.Max(needed, 2 * samples.Length)];
        samples.AsSpan(offset, count).CopyTo(target);
        samples = target;
        offset = 0;
    }
}
