namespace PolarGrid.Engine.Sherpa.Onnx;

/// <summary>
/// Looks into a model file before native code does, which ends the process on much that can be wrong with one. Reads names, shapes and
/// metadata and passes over weights, so that a file of gigabytes takes milliseconds. Numbers are those of <c>onnx.proto</c>.
/// </summary>
internal static class OnnxFile
{
    private const int LongestMetadata = 4 * 1024 * 1024;
    private const int LongestName = 4096;
    private const int MostMetadata = 10_000;
    private const int MostOpsets = 100;

    /// <param name="path">A regular file.</param>
    /// <param name="name">For messages.</param>
    /// <exception cref="ModelFault">It is no ONNX file that could be loaded.</exception>
    public static OnnxModel Read(string path, string name)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Read(new WireReader(file), name);
        }
        catch (ModelFault fault)
        {
            throw new ModelFault($"{name}: {fault.Message}.");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new ModelFault($"{name} cannot be read: {failed.Message}");
        }
    }

    private static OnnxModel Read(WireReader reader, string name)
    {
        if (reader.Length == 0) throw new ModelFault("it is empty");
        long? irVersion = null;
        var producer = "";
        var opsets = new Dictionary<string, long>();
        var metadata = new Dictionary<string, string>();
        var graph = new OnnxGraph();
        var hasGraph = false;
        while (reader.Next(reader.Length, out var tag))
        {
            switch (tag)
            {
                case (1, WireType.Varint):
                    irVersion = (long)reader.Varint(reader.Length);
                    break;
                case (2, WireType.Bytes):
                    producer = reader.Text(reader.Length, "the producer's name", LongestName);
                    break;
                case (7, WireType.Bytes):
                    if (hasGraph) throw new ModelFault("it has two graphs");
                    hasGraph = true;
                    graph.Read(reader, reader.EndOfBytes(reader.Length));
                    break;
                case (8, WireType.Bytes):
                    ReadOpset(reader, opsets);
                    break;
                case (25, WireType.Bytes):
                    graph.ReadFunction(reader, reader.EndOfBytes(reader.Length));
                    break;
                case (14, WireType.Bytes):
                    ReadMetadata(reader, metadata);
                    break;
                default:
                    reader.Skip(tag, reader.Length);
                    break;
            }
        }

        if (!hasGraph || irVersion is null) throw new ModelFault("it has no graph; it is no ONNX model");
        if (irVersion is < 3 or > 20) throw new ModelFault($"it has the format version {irVersion}; versions 3 to 20 are known");
        if (graph.Nodes == 0) throw new ModelFault("its graph has no operators");
        if (graph.ExternalData is { } weight)
        {
            throw new ModelFault($"the weight '{weight}' lies in another file; export the model as one file, which the library can be checked with");
        }

        return new OnnxModel
        {
            File = name,
            IrVersion = irVersion.Value,
            Producer = producer,
            Opsets = opsets,
            Metadata = metadata,
            Inputs = [.. graph.Inputs.Where(input => !graph.Initializers.Contains(input.Name))],
            Outputs = graph.Outputs,
            Nodes = graph.Nodes,
        };
    }

    private static void ReadOpset(WireReader reader, Dictionary<string, long> opsets)
    {
        var end = reader.EndOfBytes(reader.Length);
        var domain = "";
        long version = 0;
        while (reader.Next(end, out var tag))
        {
            if (tag is (1, WireType.Bytes)) domain = reader.Text(end, "the domain of an operator set", LongestName);
            else if (tag is (2, WireType.Varint)) version = (long)reader.Varint(end);
            else reader.Skip(tag, end);
        }

        opsets[domain] = version;
        if (opsets.Count > MostOpsets) throw new ModelFault($"it names more than {MostOpsets} operator sets");
    }

    private static void ReadMetadata(WireReader reader, Dictionary<string, string> metadata)
    {
        var end = reader.EndOfBytes(reader.Length);
        string key = "", value = "";
        while (reader.Next(end, out var tag))
        {
            if (tag is (1, WireType.Bytes)) key = reader.Text(end, "the key of metadata", LongestName);
            else if (tag is (2, WireType.Bytes)) value = reader.Text(end, $"the metadata '{key}'", LongestMetadata);
            else reader.Skip(tag, end);
        }

        metadata[key] = value;
        if (metadata.Count > MostMetadata) throw new ModelFault($"it has more than {MostMetadata} metadata entries");
    }
}
