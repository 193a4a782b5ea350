using System.Buffers;

namespace PolarGrid.Audio.Encoders;

/// <summary>Encoded bytes that are kept until the end, so that a header can be corrected. At most what an array holds, about 2 GB.</summary>
internal sealed class EncodedBuffer : IBufferWriter<byte>
{
    private byte[] bytes = new byte[64 << 10];

    public int Length { get; private set; }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, bytes.Length - Length);
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(Length + (long)Math.Max(sizeHint, 1));
        return bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Writes at a place within what is there, and beyond it.</summary>
    /// <param name="offset">0 to <see cref="Length"/>.</param>
    /// <param name="with">Replaces bytes that are there and follows them.</param>
    public void WriteAt(long offset, ReadOnlySpan<byte> with)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length);
        Grow(offset + with.Length);
        with.CopyTo(bytes.AsSpan((int)offset));
        Length = Math.Max(Length, (int)offset + with.Length);
    }

    public void CopyTo(IBufferWriter<byte> output) => output.Write(bytes.AsSpan(0, Length));

    private void Grow(long needed)
    {
        if (needed <= bytes.Length) return;
        if (needed > Array.MaxLength) throw new IOException($"Encoded audio of more than {Array.MaxLength} bytes cannot be delivered whole.");
        Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max(needed, bytes.Length * 2L)));
    }
}
