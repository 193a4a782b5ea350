using System.Text;

namespace PolarGrid.ModelMaker.Gguf;

/// <summary>Walks the metadata of a GGUF file and hands out each pair's key with its bytes; tensors are not read.</summary>
internal sealed class GgufMetadataReader : IDisposable
{
    private const uint Magic = 0x46554747;
    private const long LongestString = 64 << 20;

    private readonly BinaryReader _reader;
    private readonly ulong _pairs;

    public GgufMetadataReader(string path)
    {
        _reader = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
        if (_reader.ReadUInt32() != Magic || _reader.ReadUInt32() is not (2 or 3))
            throw new InvalidDataException($"{Path.GetFileName(path)} is not a GGUF file of version 2 or 3.");
        _ = _reader.ReadUInt64(); // number of tensors
        _pairs = _reader.ReadUInt64();
    }

    public IEnumerable<GgufPair> Pairs()
    {
        for (ulong i = 0; i < _pairs; i++)
        {
            var start = _reader.BaseStream.Position;
            var key = Encoding.UTF8.GetString(ReadStringBytes());
            var type = (GgufValueType)_reader.ReadUInt32();
            var valueStart = _reader.BaseStream.Position;
            SkipValue(type);
            var end = _reader.BaseStream.Position;

            _reader.BaseStream.Position = start;
            var bytes = _reader.ReadBytes(checked((int)(end - start)));
            yield return new GgufPair(key, type, bytes, (int)(valueStart - start));
        }
    }

    public void Dispose() => _reader.Dispose();

    private byte[] ReadStringBytes()
    {
        var length = _reader.ReadUInt64();
        if (length > LongestString) throw new InvalidDataException($"A string of {length} bytes in the metadata is too long.");
        var bytes = _reader.ReadBytes((int)length);
        return bytes.Length == (int)length ? bytes : throw new EndOfStreamException("The metadata ends inside a string.");
    }

    private void SkipValue(GgufValueType type)
    {
        if (type == GgufValueType.String)
        {
            _ = ReadStringBytes();
        }
        else if (type == GgufValueType.Array)
        {
            var elementType = (GgufValueType)_reader.ReadUInt32();
            var count = _reader.ReadUInt64();
            if (elementType is GgufValueType.String)
                for (ulong i = 0; i < count; i++) _ = ReadStringBytes();
            else
                _reader.BaseStream.Seek(checked((long)count * WidthOf(elementType)), SeekOrigin.Current);
        }
        else
        {
            _reader.BaseStream.Seek(WidthOf(type), SeekOrigin.Current);
        }
    }

    private static int WidthOf(GgufValueType type) => type switch
    {
        GgufValueType.UInt8 or GgufValueType.Int8 or GgufValueType.Bool => 1,
        GgufValueType.UInt16 or GgufValueType.Int16 => 2,
        GgufValueType.UInt32 or GgufValueType.Int32 or GgufValueType.Float32 => 4,
        GgufValueType.UInt64 or GgufValueType.Int64 or GgufValueType.Float64 => 8,
        _ => throw new InvalidDataException($"Metadata value type {type} is not supported."),
    };
}
