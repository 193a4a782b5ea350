namespace PolarGrid.Engine.Sherpa.Onnx;

/// <summary>The outside of a graph: what goes in and out, which weights it brings, whether one of them lies in another file.</summary>
internal sealed class OnnxGraph
{
    private const int LongestName = 65_536;
    private const int MostValues = 10_000;
    private const int MostNodes = 5_000_000;
    private const int DeepestGraph = 32;
    private const int MostDimensions = 64;

    public List<OnnxValue> Inputs { get; } = [];

    public List<OnnxValue> Outputs { get; } = [];

    /// <summary>Names of weights, which older files list among the inputs too.</summary>
    public HashSet<string> Initializers { get; } = [];

    public int Nodes { get; private set; }

    /// <summary>The first weight that lies outside the file; null when there is none.</summary>
    public string? ExternalData { get; private set; }

    public void Read(WireReader reader, long end) => ReadGraph(reader, end, 0);

    /// <summary>An operator that the file defines itself; it may bring weights like any other.</summary>
    public void ReadFunction(WireReader reader, long end)
    {
        while (reader.Next(end, out var tag))
        {
            if (tag is (7, WireType.Bytes)) ReadNode(reader, reader.EndOfBytes(end), 1);
            else if (tag is (11, WireType.Bytes)) ReadAttribute(reader, reader.EndOfBytes(end), 1);
            else reader.Skip(tag, end);
        }
    }

    private void ReadGraph(WireReader reader, long end, int depth)
    {
        if (depth > DeepestGraph) throw new ModelFault($"its graphs lie more than {DeepestGraph} deep in each other");
        while (reader.Next(end, out var tag))
        {
            switch (tag)
            {
                case (1, WireType.Bytes):
                    if (++Nodes > MostNodes) throw new ModelFault($"it has more than {MostNodes} operators");
                    ReadNode(reader, reader.EndOfBytes(end), depth);
                    break;
                case (5, WireType.Bytes):
                    var name = ReadTensor(reader, reader.EndOfBytes(end));
                    if (depth == 0 && name.Length > 0) Initializers.Add(name);
                    break;
                case (15, WireType.Bytes):
                    ReadSparseTensor(reader, reader.EndOfBytes(end));
                    break;
                case (11, WireType.Bytes) when depth == 0:
                    Inputs.Add(ReadValue(reader, reader.EndOfBytes(end)));
                    break;
                case (12, WireType.Bytes) when depth == 0:
                    Outputs.Add(ReadValue(reader, reader.EndOfBytes(end)));
                    break;
                default:
                    reader.Skip(tag, end);
                    break;
            }

            if (Inputs.Count > MostValues * 10 || Outputs.Count > MostValues) throw new ModelFault("it has too many inputs or outputs");
        }
    }

    private void ReadNode(WireReader reader, long end, int depth)
    {
        while (reader.Next(end, out var tag))
        {
            if (tag is (5, WireType.Bytes)) ReadAttribute(reader, reader.EndOfBytes(end), depth);
            else reader.Skip(tag, end);
        }
    }

    private void ReadAttribute(WireReader reader, long end, int depth)
    {
        while (reader.Next(end, out var tag))
        {
            switch (tag)
            {
                case (5 or 10, WireType.Bytes):
                    ReadTensor(reader, reader.EndOfBytes(end));
                    break;
                case (22 or 23, WireType.Bytes):
                    ReadSparseTensor(reader, reader.EndOfBytes(end));
                    break;
                case (6 or 11, WireType.Bytes):
                    ReadGraph(reader, reader.EndOfBytes(end), depth + 1);
                    break;
                default:
                    reader.Skip(tag, end);
                    break;
            }
        }
    }

    /// <summary>Two tensors: the numbers, and where they stand.</summary>
    private void ReadSparseTensor(WireReader reader, long end)
    {
        while (reader.Next(end, out var tag))
        {
            if (tag is (1 or 2, WireType.Bytes)) ReadTensor(reader, reader.EndOfBytes(end));
            else reader.Skip(tag, end);
        }
    }

    private string ReadTensor(WireReader reader, long end)
    {
        var name = "";
        var external = false;
        while (reader.Next(end, out var tag))
        {
            switch (tag)
            {
                case (8, WireType.Bytes):
                    name = reader.Text(end, "the name of a weight", LongestName);
                    break;
                case (13, WireType.Bytes):
                    external = true;
                    reader.Skip(tag, end);
                    break;
                case (14, WireType.Varint):
                    external |= reader.Varint(end) != 0;
                    break;
                default:
                    reader.Skip(tag, end);
                    break;
            }
        }

        if (external) ExternalData ??= name;
        return name;
    }

    private static OnnxValue ReadValue(WireReader reader, long end)
    {
        var value = new OnnxValue("", OnnxType.None, null);
        while (reader.Next(end, out var tag))
        {
            if (tag is (1, WireType.Bytes)) value = value with { Name = reader.Text(end, "the name of an input or output", LongestName) };
            else if (tag is (2, WireType.Bytes)) value = ReadType(reader, reader.EndOfBytes(end), value);
            else reader.Skip(tag, end);
        }

        return value;
    }

    private static OnnxValue ReadType(WireReader reader, long end, OnnxValue value)
    {
        while (reader.Next(end, out var tag))
        {
            if (tag is (1, WireType.Bytes)) value = ReadTensorType(reader, reader.EndOfBytes(end), value);
            else reader.Skip(tag, end);
        }

        return value;
    }

    private static OnnxValue ReadTensorType(WireReader reader, long end, OnnxValue value)
    {
        while (reader.Next(end, out var tag))
        {
            if (tag is (1, WireType.Varint)) value = value with { Type = (OnnxType)(int)(reader.Varint(end) & 0x7FFF_FFFF) };
            else if (tag is (2, WireType.Bytes)) value = value with { Shape = ReadShape(reader, reader.EndOfBytes(end)) };
            else reader.Skip(tag, end);
        }

        return value;
    }

    private static List<long> ReadShape(WireReader reader, long end)
    {
        List<long> sizes = [];
        while (reader.Next(end, out var tag))
        {
            if (tag is not (1, WireType.Bytes))
            {
                reader.Skip(tag, end);
                continue;
            }

            var stop = reader.EndOfBytes(end);
            long size = -1;
            while (reader.Next(stop, out var part))
            {
                if (part is (1, WireType.Varint)) size = (long)reader.Varint(stop);
                else reader.Skip(part, stop);
            }

            sizes.Add(size < 0 ? -1 : size);
            if (sizes.Count > MostDimensions) throw new ModelFault($"an input or output has more than {MostDimensions} dimensions");
        }

        return sizes;
    }
}
