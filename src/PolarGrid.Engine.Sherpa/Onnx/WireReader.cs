using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PolarGrid.Engine.Sherpa.Onnx;

/// <summary>
/// Protobuf's wire format, read from front to back through one buffer. Every length is checked against the message around it, so that no
/// number in the file decides how much memory is taken. What is skipped is not read.
/// </summary>
internal sealed class WireReader(SafeFileHandle file)
{
    private readonly byte[] buffer = new byte[64 * 1024];
    private long bufferStart;
    private int buffered;

    public long Length { get; } = RandomAccess.GetLength(file);

    public long Position { get; private set; }

    /// <summary>Reads the next field's tag. False at the end of the message.</summary>
    /// <param name="end">Where the message around it ends.</param>
    public bool Next(long end, out WireTag tag)
    {
        tag = default;
        if (Position == end) return false;
        var start = Position;
        var value = Varint(end);
        var type = (WireType)(value & 7);
        var field = value >> 3;
        if (field is 0 or > 536_870_911 || type is not (WireType.Varint or WireType.Fixed64 or WireType.Bytes or WireType.Fixed32))
        {
            throw new ModelFault($"at byte {start} there is no protobuf field; it is damaged or no ONNX file");
        }

        tag = new WireTag((int)field, type);
        return true;
    }

    /// <summary>A number of 1 to 10 bytes.</summary>
    public ulong Varint(long end)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte(end);
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw new ModelFault($"the number before byte {Position} does not end; it is damaged or no ONNX file");
    }

    /// <summary>The length in front of bytes, once it is certain that they lie inside the message; returns where they end.</summary>
    public long EndOfBytes(long end)
    {
        var start = Position;
        var length = Varint(end);
        if (length > (ulong)(end - Position))
        {
            throw new ModelFault($"at byte {start} begin {length} bytes, but only {end - Position} are left; it is cut short or damaged");
        }

        return Position + (long)length;
    }

    /// <summary>A string in UTF-8.</summary>
    /// <param name="what">For the message.</param>
    /// <param name="most">Longest that is accepted, in bytes.</param>
    public string Text(long end, string what, int most)
    {
        var stop = EndOfBytes(end);
        var length = stop - Position;
        if (length > most) throw new ModelFault($"{what} has {length} bytes; at most {most} are accepted");
        var bytes = new byte[length];
        for (var at = 0; at < bytes.Length;)
        {
            if (Position >= bufferStart + buffered || Position < bufferStart) Fill();
            var taken = (int)Math.Min(bytes.Length - at, bufferStart + buffered - Position);
            buffer.AsSpan((int)(Position - bufferStart), taken).CopyTo(bytes.AsSpan(at));
            at += taken;
            Position += taken;
        }

        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Passes over a field's value.</summary>
    public void Skip(WireTag tag, long end)
    {
        switch (tag.Type)
        {
            case WireType.Varint:
                Varint(end);
                break;
            case WireType.Bytes:
                Position = EndOfBytes(end);
                break;
            default:
                var length = tag.Type == WireType.Fixed64 ? 8 : 4;
                if (length > end - Position) throw new ModelFault($"it ends at byte {end}, in the middle of a number");
                Position += length;
                break;
        }
    }

    private byte Byte(long end)
    {
        if (Position >= end) throw new ModelFault($"it ends at byte {end}, in the middle of a field; it is cut short or damaged");
        if (Position >= bufferStart + buffered || Position < bufferStart) Fill();
        return buffer[Position++ - bufferStart];
    }

    private void Fill()
    {
        bufferStart = Position;
        buffered = RandomAccess.Read(file, buffer, Position);
        if (buffered == 0) throw new ModelFault("it became shorter while it was read");
    }
}

/// <summary>A field's number and how its value is written.</summary>
internal readonly record struct WireTag(int Field, WireType Type);

/// <summary>Protobuf's ways to write a value; groups are not among them because ONNX has none.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}
