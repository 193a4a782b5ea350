using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace PolarGrid.Engine.Gguf;

/// <summary>Reads a file from front to back through one buffer. Every length is checked against what is left of the file first.</summary>
internal sealed class GgufReader(SafeFileHandle file)
{
    /// <summary>Longest run of bytes that can be looked at in one piece.</summary>
    public const int MaxSpan = 1024 * 1024;

    private byte[] _buffer = new byte[128 * 1024];
    private long _bufferStart;
    private int _buffered;

    public long Length { get; } = RandomAccess.GetLength(file);

    public long Position { get; private set; }

    public long Remaining => Length - Position;

    public byte ReadByte(string what) => ReadSpan(1, what)[0];

    public ushort ReadUInt16(string what) => BinaryPrimitives.ReadUInt16LittleEndian(ReadSpan(2, what));

    public uint ReadUInt32(string what) => BinaryPrimitives.ReadUInt32LittleEndian(ReadSpan(4, what));

    public ulong ReadUInt64(string what) => BinaryPrimitives.ReadUInt64LittleEndian(ReadSpan(8, what));

    /// <summary>The length in front of a string, once it is certain that the string lies inside the file.</summary>
    /// <param name="most">Longest that is accepted, in bytes.</param>
    public int ReadLength(string what, int most)
    {
        var start = Position;
        var length = ReadUInt64($"the length of {what}");
        if (length > (ulong)Remaining)
            throw GgufFault.Corrupt($"The length of {what} is {length} bytes, but only {Remaining} are left in the file.", start);
        if (length > (ulong)most) throw GgufFault.Corrupt($"The length of {what} is {length} bytes; at most {most} are accepted.", start);
        return (int)length;
    }

    /// <summary>The next bytes. Valid until the next call.</summary>
    public ReadOnlySpan<byte> ReadSpan(int length, string what)
    {
        Require(length, what);
        if (Position < _bufferStart || Position + length > _bufferStart + _buffered) Fill(length, what);
        var span = _buffer.AsSpan((int)(Position - _bufferStart), length);
        Position += length;
        return span;
    }

    public void Skip(long length, string what)
    {
        Require(length, what);
        Position += length;
    }

    public void Require(long length, string what)
    {
        if (length > Remaining)
            throw GgufFault.Corrupt($"The file ends at byte {Length}, in the middle of {what}, which needs {length} bytes here.", Position);
    }

    private void Fill(int length, string what)
    {
        if (length > _buffer.Length) _buffer = new byte[MaxSpan];
        _bufferStart = Position;
        _buffered = 0;
        while (_buffered < length)
        {
            var read = RandomAccess.Read(file, _buffer.AsSpan(_buffered), _bufferStart + _buffered);
            if (read == 0) throw GgufFault.Corrupt($"The file became shorter while it was read, in the middle of {what}.", Position);
            _buffered += read;
        }
    }
}
