using System.Text;
using Shouldly;

namespace PolarGrid.Engine.Sherpa.Tests;

/// <summary>Changes small ONNX files field by field.</summary>
internal static class OnnxPatch
{
    /// <summary>Replaces a metadata value, or removes the entry when the new value is null.</summary>
    public static void SetMetadata(string path, string key, string old, string? value)
    {
        var bytes = File.ReadAllBytes(path);
        var entry = Entry(key, old);
        var at = bytes.AsSpan().IndexOf(entry);
        at.ShouldBeGreaterThan(0, $"{key}={old} is not in the file");
        File.WriteAllBytes(path, [.. bytes[..at], .. value is null ? [] : Entry(key, value), .. bytes[(at + entry.Length)..]]);
    }

    /// <summary>Appends a graph's weight that says that its numbers lie elsewhere.</summary>
    public static void MarkFirstWeightExternal(string path)
    {
        // The graph is the model's field 7; a second weight is put at its end.
        var bytes = File.ReadAllBytes(path);
        var at = 0;
        while (bytes[at] != (7 << 3 | 2)) at = Skip(bytes, at);
        var (length, start) = Varint(bytes, at + 1);
        byte[] weight = [.. Field(8, Encoding.UTF8.GetBytes("outside")), 14 << 3, 1];
        byte[] graph = [.. bytes[start..(start + length)], .. Field(5, weight)];
        File.WriteAllBytes(path, [.. bytes[..at], .. Field(7, graph), .. bytes[(start + length)..]]);
    }

    /// <summary>Appends an operator of the file's own whose constant says that its numbers lie elsewhere, plainly or as a sparse one.</summary>
    public static void AddFunctionWithExternalWeight(string path, bool sparse)
    {
        byte[] weight = [.. Field(8, Encoding.UTF8.GetBytes("outside")), 14 << 3, 1];
        var attribute = sparse ? LongField(22, Field(1, weight)) : Field(5, weight);
        File.WriteAllBytes(path, [.. File.ReadAllBytes(path), .. LongField(25, Field(7, Field(5, attribute)))]);
    }

    /// <summary>A field whose number takes two bytes.</summary>
    private static byte[] LongField(int field, byte[] content)
    {
        var tag = field << 3 | 2;
        return [(byte)(tag & 0x7F | 0x80), (byte)(tag >> 7), .. Field(1, content)[1..]];
    }

    private static byte[] Entry(string key, string value) =>
        Field(14, [.. Field(1, Encoding.UTF8.GetBytes(key)), .. Field(2, Encoding.UTF8.GetBytes(value))]);

    private static byte[] Field(int field, byte[] content)
    {
        List<byte> bytes = [(byte)(field << 3 | 2)];
        var length = content.Length;
        for (; length > 0x7F; length >>= 7) bytes.Add((byte)(length & 0x7F | 0x80));
        return [.. bytes, (byte)length, .. content];
    }

    private static int Skip(byte[] bytes, int at)
    {
        var (value, next) = Varint(bytes, at + 1);
        return (bytes[at] & 7) == 2 ? next + value : next;
    }

    private static (int Value, int Next) Varint(byte[] bytes, int at)
    {
        int value = 0, shift = 0;
        while (bytes[at] >= 0x80)
        {
            value |= (bytes[at++] & 0x7F) << shift;
            shift += 7;
        }

        return (value | bytes[at] << shift, at + 1);
    }
}
