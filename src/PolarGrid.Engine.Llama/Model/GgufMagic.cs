using System.Buffers.Binary;

namespace PolarGrid.Engine.Llama.Model;

/// <summary>The least that a file must show before native code may read it. The full check of the header is the Gguf feature's.</summary>
internal static class GgufMagic
{
    // Magic, version, number of tensors, number of metadata entries.
    private const int HeaderBytes = 24;

    public static string? Check(FileStream file)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        var read = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        if (read < HeaderBytes) return $"it has {read} bytes, fewer than a GGUF header.";
        if (!header[..4].SequenceEqual("GGUF"u8)) return "it does not begin like a GGUF file.";

        var version = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        if (version is < 2 or > 3) return $"its GGUF version is {version}; 2 and 3 can be read.";

        // A tensor's description and a metadata entry take more than 16 bytes each.
        var tensors = BinaryPrimitives.ReadUInt64LittleEndian(header[8..]);
        var entries = BinaryPrimitives.ReadUInt64LittleEndian(header[16..]);
        var most = (ulong)(file.Length / 16);
        return tensors > most || entries > most || tensors + entries > most ? "its header promises more than the file holds." : null;
    }
}
