using System.Text;
using PolarGrid.ModelMaker.Weights;

namespace PolarGrid.ModelMaker.Gguf;

/// <summary>Writes header, metadata, tensor table and data in one pass; the data is made row by row and never held whole.</summary>
internal static class GgufWriter
{
    /// <summary>Every tensor starts at a multiple of this many bytes, as the format's default asks.</summary>
    public const uint Alignment = 32;

    private const uint Magic = 0x46554747; // "GGUF", little endian
    private const uint Version = 3;
    private const int BufferBytes = 1 << 20;

    public static void Write(string path, GgufMetadata metadata, IReadOnlyList<TensorPlan> tensors)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
        using var writer = new BinaryWriter(file, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write((ulong)tensors.Count);
        writer.Write(metadata.Count);
        metadata.CopyTo(writer);

        ulong offset = 0;
        foreach (var tensor in tensors)
        {
            WriteTableEntry(writer, tensor, offset);
            offset += Align((ulong)tensor.Bytes);
        }

        Pad(writer, file.Position);
        foreach (var tensor in tensors)
        {
            WriteData(writer, tensor);
            Pad(writer, tensor.Bytes);
        }
    }

    private static void WriteTableEntry(BinaryWriter writer, TensorPlan tensor, ulong offset)
    {
        GgufMetadata.WriteString(writer, tensor.Name);
        writer.Write(tensor.IsVector ? 1u : 2u);
        writer.Write((ulong)tensor.Columns);
        if (!tensor.IsVector) writer.Write((ulong)tensor.Rows);
        writer.Write((uint)tensor.Type);
        writer.Write(offset);
    }

    private static void WriteData(BinaryWriter writer, TensorPlan tensor)
    {
        var values = new float[tensor.Columns];
        var encoded = new byte[tensor.RowBytes];
        for (var row = 0; row < tensor.Rows; row++)
        {
            tensor.FillRow(row, values);
            BlockEncoder.Encode(tensor.Type, values, encoded);
            writer.Write(encoded);
        }
    }

    private static ulong Align(ulong length) => (length + Alignment - 1) / Alignment * Alignment;

    private static void Pad(BinaryWriter writer, long length)
    {
        Span<byte> zeros = stackalloc byte[(int)Alignment];
        zeros.Clear();
        writer.Write(zeros[..(int)(Align((ulong)length) - (ulong)length)]);
    }
}
