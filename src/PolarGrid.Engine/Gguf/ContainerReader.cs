namespace PolarGrid.Engine.Gguf;

/// <summary>Reads one file's header, metadata and tensor descriptions.</summary>
internal static class ContainerReader
{
    private const uint Magic = 0x46554747;
    private const string AlignmentKey = "general.alignment";
    private const long MaxAlignment = 64 * 1024;

    public static GgufParts Read(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var reader = new GgufReader(file);
        var version = ReadVersion(reader);
        var tensorsOffset = reader.Position;
        var tensorCount = reader.ReadUInt64("the header");
        var pairsOffset = reader.Position;
        var pairCount = reader.ReadUInt64("the header");
        var tensors = new TensorReader(reader);
        tensors.CheckCount(tensorCount, tensorsOffset);
        var metadata = new MetadataReader(reader).Read(pairCount, pairsOffset);
        return new GgufParts(version, reader.Length, metadata, tensors.Read((int)tensorCount, AlignmentOf(metadata)));
    }

    private static uint ReadVersion(GgufReader reader)
    {
        if (reader.Length == 0) throw new GgufFault("The file is empty.", 0, GgufFault.Damaged);
        if (reader.ReadUInt32("the header") != Magic)
            throw new GgufFault("The file does not start with 'GGUF', so it is no GGUF model.", 0, "Give a .gguf file, or convert the model to one.");
        var version = reader.ReadUInt32("the header");
        return version switch
        {
            2 or 3 => version,
            1 => throw new GgufFault("The file is GGUF version 1, which is no longer read.", 4, "Convert the model again: every current converter writes version 3."),
            _ when (version & 0xFFFF) == 0 && version != 0 => throw new GgufFault(
                "The file is written in big-endian byte order, which this machine does not read.", 4, "Get or convert the little-endian file."),
            _ => throw new GgufFault($"The file is GGUF version {version}; versions 2 and 3 are read.", 4, "Get the model as version 3, or update PolarGrid."),
        };
    }

    /// <summary>Below 32 the data section could start where llama.cpp's own assertion on mapped memory fails.</summary>
    private static long AlignmentOf(GgufMetadata metadata)
    {
        var alignment = metadata.FindUInt32(AlignmentKey, TensorReader.DefaultAlignment, MaxAlignment) ?? TensorReader.DefaultAlignment;
        return (alignment & (alignment - 1)) == 0
            ? alignment
            : throw GgufFault.Inconsistent($"'{AlignmentKey}' is {alignment}, which is no power of two.", metadata.OffsetOf(AlignmentKey));
    }
}
