using System.Buffers.Binary;
using System.Text;

namespace PolarGrid.Engine.Gguf;

/// <summary>Reads the key-value pairs that follow the header.</summary>
internal sealed class MetadataReader(GgufReader reader)
{
    /// <summary>
    /// llama.cpp compares each key with all before it, so that a file with millions would keep it busy for hours. Real models
    /// have some 60.
    /// </summary>
    public const int MaxPairs = 10_000;

    private const int MaxKeyBytes = 65_535;
    private const int MaxStringBytes = 256 * 1024 * 1024;
    private const int MaxKeptTextBytes = GgufReader.MaxSpan;
    private const int MaxKeptIntegers = 4096;

    /// <summary>Key length, one byte of key, type and one byte of value.</summary>
    private const int SmallestPair = 8 + 1 + 4 + 1;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, GgufEntry> _entries = new(StringComparer.Ordinal);
    private readonly VocabularyScan _vocabulary = new(reader);

    public GgufMetadata Read(ulong count, long countOffset)
    {
        if (count > MaxPairs)
            throw GgufFault.Corrupt($"The header announces {count} metadata pairs; at most {MaxPairs} are accepted.", countOffset);
        if ((long)count * SmallestPair > reader.Remaining)
            throw GgufFault.Corrupt($"The header announces {count} metadata pairs, more than the file has room for.", countOffset);
        for (ulong i = 0; i < count; i++) ReadPair(i);
        return new GgufMetadata(_entries, _vocabulary);
    }

    private void ReadPair(ulong index)
    {
        var start = reader.Position;
        var key = ReadKey(index);
        var what = $"the value of '{key}'";
        var typeOffset = reader.Position;
        var type = (GgufValueType)reader.ReadUInt32($"the type of '{key}'");
        if (!GgufValueTypes.IsKnown(type))
            throw GgufFault.Corrupt($"The type of '{key}' is {(uint)type}, which the format does not know.", typeOffset);
        var entry = type switch
        {
            GgufValueType.Array => ReadArray(key, start, what),
            GgufValueType.String => new GgufEntry(key, start, type) { Text = ReadText(key, what) },
            _ => ReadScalar(key, start, type, what),
        };
        if (!_entries.TryAdd(key, entry)) throw GgufFault.Inconsistent($"The key '{key}' appears twice.", start);
    }

    private string ReadKey(ulong index)
    {
        var start = reader.Position;
        var length = reader.ReadLength($"key {index}", MaxKeyBytes);
        if (length == 0) throw GgufFault.Corrupt($"Key {index} is empty.", start);
        var bytes = reader.ReadSpan(length, $"key {index}");
        try
        {
            var key = StrictUtf8.GetString(bytes);
            return key.AsSpan().ContainsAnyInRange('\0', '\x1f')
                ? throw GgufFault.Corrupt($"Key {index} contains a control character.", start)
                : key;
        }
        catch (DecoderFallbackException)
        {
            throw GgufFault.Corrupt($"Key {index} is not valid UTF-8.", start);
        }
    }

    private string? ReadText(string key, string what)
    {
        var length = reader.ReadLength(what, MaxStringBytes);
        if (length <= MaxKeptTextBytes) return Encoding.UTF8.GetString(reader.ReadSpan(length, what));
        if (key.StartsWith(GgufMetadata.ChatTemplate, StringComparison.Ordinal))
            throw GgufFault.Corrupt($"'{key}' has {length} bytes; a chat template of more than {MaxKeptTextBytes} is not accepted.", reader.Position);
        reader.Skip(length, what);
        return null;
    }

    private GgufEntry ReadScalar(string key, long start, GgufValueType type, string what)
    {
        var bytes = reader.ReadSpan(GgufValueTypes.SizeOf(type), what);
        var entry = new GgufEntry(key, start, type);
        return type switch
        {
            GgufValueType.UInt8 => entry with { Integer = bytes[0] },
            GgufValueType.Int8 => entry with { Integer = (sbyte)bytes[0] },
            GgufValueType.Bool => entry with { Integer = bytes[0] == 0 ? 0 : 1 },
            GgufValueType.UInt16 => entry with { Integer = BinaryPrimitives.ReadUInt16LittleEndian(bytes) },
            GgufValueType.Int16 => entry with { Integer = BinaryPrimitives.ReadInt16LittleEndian(bytes) },
            GgufValueType.UInt32 => entry with { Integer = BinaryPrimitives.ReadUInt32LittleEndian(bytes) },
            GgufValueType.Int32 => entry with { Integer = BinaryPrimitives.ReadInt32LittleEndian(bytes) },
            GgufValueType.UInt64 => entry with { Integer = (long)Math.Min(long.MaxValue, BinaryPrimitives.ReadUInt64LittleEndian(bytes)) },
            GgufValueType.Int64 => entry with { Integer = BinaryPrimitives.ReadInt64LittleEndian(bytes) },
            GgufValueType.Float32 => entry with { Real = BinaryPrimitives.ReadSingleLittleEndian(bytes) },
            _ => entry with { Real = BinaryPrimitives.ReadDoubleLittleEndian(bytes) },
        };
    }

    private GgufEntry ReadArray(string key, long start, string what)
    {
        var offset = reader.Position;
        var element = (GgufValueType)reader.ReadUInt32($"the element type of '{key}'");
        if (element == GgufValueType.Array) throw GgufFault.Corrupt($"'{key}' is an array of arrays, which the format does not allow.", offset);
        if (!GgufValueTypes.IsKnown(element))
            throw GgufFault.Corrupt($"The element type of '{key}' is {(uint)element}, which the format does not know.", offset);
        offset = reader.Position;
        var count = reader.ReadUInt64($"the length of '{key}'");
        var smallest = element == GgufValueType.String ? 8 : GgufValueTypes.SizeOf(element);
        if (count > (ulong)(reader.Remaining / smallest))
            throw GgufFault.Corrupt($"'{key}' announces {count} members, more than the {reader.Remaining} bytes left have room for.", offset);

        var entry = new GgufEntry(key, start, GgufValueType.Array) { ElementType = element, Count = (long)count };
        if (_vocabulary.TryRead(entry)) return entry;
        if (element == GgufValueType.String)
        {
            for (ulong i = 0; i < count; i++) reader.Skip(reader.ReadLength(what, MaxStringBytes), what);
            return entry;
        }

        if (element is GgufValueType.UInt32 or GgufValueType.Int32 && count <= MaxKeptIntegers)
            return entry with { Integers = ReadIntegers((int)count, element, what) };
        reader.Skip((long)count * smallest, what);
        return entry;
    }

    private long[] ReadIntegers(int count, GgufValueType element, string what)
    {
        var values = new long[count];
        for (var i = 0; i < count; i++)
        {
            var bits = reader.ReadUInt32(what);
            values[i] = element == GgufValueType.Int32 ? (int)bits : bits;
        }

        return values;
    }
}
