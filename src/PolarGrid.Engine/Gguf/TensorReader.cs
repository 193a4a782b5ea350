using System.Text;

namespace PolarGrid.Engine.Gguf;

/// <summary>Reads the descriptions of the tensors and checks where their data lies. The data itself is not read.</summary>
internal sealed class TensorReader(GgufReader reader)
{
    /// <summary>llama.cpp compares each name with all before it. The largest known models have a few thousand tensors.</summary>
    public const int MaxTensors = 32_768;

    public const long DefaultAlignment = 32;

    private const int MaxNameBytes = 63;
    private const int MaxDimensions = 4;

    /// <summary>Name length, one byte of name, dimension count, one dimension, type and offset.</summary>
    private const int SmallestDescription = 8 + 1 + 4 + 8 + 4 + 8;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public void CheckCount(ulong count, long offset)
    {
        if (count > MaxTensors)
            throw GgufFault.Corrupt($"The header announces {count} tensors; at most {MaxTensors} are accepted.", offset);
        if ((long)count * SmallestDescription > reader.Remaining)
            throw GgufFault.Corrupt($"The header announces {count} tensors, more than the file has room for.", offset);
    }

    public List<GgufTensor> Read(int count, long alignment)
    {
        var tensors = new List<GgufTensor>(count);
        for (var i = 0; i < count; i++) tensors.Add(ReadOne(i));
        CheckData(tensors, alignment);
        return tensors;
    }

    private GgufTensor ReadOne(int index)
    {
        var start = reader.Position;
        var name = ReadName(index);
        var what = $"the description of tensor '{name}'";
        var dimensions = ReadDimensions(name, what);
        var typeOffset = reader.Position;
        var typeId = reader.ReadUInt32(what);
        var type = GgmlType.Find(typeId) ?? throw new GgufFault(
            $"Tensor '{name}' is stored as type {typeId}, which is not known here.", typeOffset,
            "Convert the model to a current type such as Q4_K or Q8_0, or update PolarGrid.");
        if (dimensions[0] % type.BlockElements != 0)
            throw GgufFault.Corrupt(
                $"Tensor '{name}' has rows of {dimensions[0]} elements, "
                + $"not a multiple of the {type.BlockElements} in a block of {type.Name}.",
                typeOffset);
        var offsetOffset = reader.Position;
        var offset = reader.ReadUInt64(what);
        if (offset > long.MaxValue)
            throw GgufFault.Corrupt($"The data of tensor '{name}' starts at {offset}, outside of any file.", offsetOffset);
        return new GgufTensor(name, dimensions, type, (long)offset, start);
    }

    private string ReadName(int index)
    {
        var start = reader.Position;
        var length = reader.ReadLength($"the name of tensor {index}", int.MaxValue);
        if (length is 0 or > MaxNameBytes)
            throw GgufFault.Corrupt($"The name of tensor {index} has {length} bytes; it must have 1 to {MaxNameBytes}.", start);
        var name = Encoding.UTF8.GetString(reader.ReadSpan(length, $"the name of tensor {index}"));
        if (name.AsSpan().ContainsAnyInRange('\0', '\x1f'))
            throw GgufFault.Corrupt($"The name of tensor {index} contains a control character.", start);
        return _names.Add(name) ? name : throw GgufFault.Inconsistent($"The tensor '{name}' appears twice.", start);
    }

    private long[] ReadDimensions(string name, string what)
    {
        var start = reader.Position;
        var count = reader.ReadUInt32(what);
        if (count is 0 or > MaxDimensions)
            throw GgufFault.Corrupt($"Tensor '{name}' has {count} dimensions; it must have 1 to {MaxDimensions}.", start);
        var dimensions = new long[count];
        Int128 elements = 1;
        for (var i = 0; i < dimensions.Length; i++)
        {
            var dimension = reader.ReadUInt64(what);
            elements *= dimension;
            if (dimension == 0 || elements > long.MaxValue / 16)
                throw GgufFault.Corrupt($"Dimension {i} of tensor '{name}' is {dimension}, which makes no tensor that could exist.", start);
            dimensions[i] = (long)dimension;
        }

        return dimensions;
    }

    /// <summary>Tensors lie one behind the other, each padded to the alignment: llama.cpp accepts no other layout.</summary>
    private void CheckData(List<GgufTensor> tensors, long alignment)
    {
        var start = Padded(reader.Position, alignment);
        long expected = 0;
        foreach (var tensor in tensors)
        {
            if (tensor.Offset % alignment != 0)
                throw GgufFault.Corrupt(
                    $"The data of tensor '{tensor.Name}' starts at {tensor.Offset}, which is not aligned to {alignment} bytes.",
                    tensor.InfoOffset);
            if (tensor.Offset < expected)
                throw GgufFault.Corrupt($"The data of tensor '{tensor.Name}' overlaps the tensor before it.", tensor.InfoOffset);
            if (tensor.Offset > expected)
                throw GgufFault.Corrupt(
                    $"The data of tensor '{tensor.Name}' starts at {tensor.Offset} and not at {expected}, where the one before it ends.",
                    tensor.InfoOffset);
            if (tensor.Bytes > reader.Length - start - expected)
                throw GgufFault.Corrupt(
                    $"The data of tensor '{tensor.Name}' would end at byte {(Int128)start + expected + tensor.Bytes}, "
                    + $"but the file has {reader.Length}.",
                    tensor.InfoOffset);
            expected = Padded(expected + tensor.Bytes, alignment);
        }
    }

    private static long Padded(long value, long alignment) => (value + alignment - 1) / alignment * alignment;
}
