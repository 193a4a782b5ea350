using System.Buffers;
using PolarGrid.Audio.Native;

namespace PolarGrid.Audio.Encoders;

/// <summary>A file that is kept in memory.</summary>
internal sealed class BufferedFile(EncodedBuffer buffer) : VirtualFile
{
    protected override long Length => buffer.Length;

    protected override void Write(ReadOnlySpan<byte> bytes) => buffer.WriteAt(Position, bytes);
}

/// <summary>
/// A file that is sent on while it is written. Encoders go back at the end to state lengths and sums in their headers; those bytes have
/// been sent with "unknown" in their place, and the correction is dropped.
/// </summary>
internal sealed class StreamedFile(IBufferWriter<byte> output) : VirtualFile
{
    private long length;

    protected override long Length => length;

    protected override void Write(ReadOnlySpan<byte> bytes)
    {
        if (Position > length) throw new IOException($"The encoder left a gap from byte {length} to {Position}.");
        var sent = (int)Math.Min(bytes.Length, length - Position);
        output.Write(bytes[sent..]);
        length += bytes.Length - sent;
    }
}
