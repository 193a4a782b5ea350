using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using PolarGrid.Engine.Sherpa.Onnx;

namespace PolarGrid.ModelMaker.Onnx;

/// <summary>
/// Writes ONNX models, operator by operator, so that every layout that a library knows can be run without a download: with realistic sizes
/// for the bench, tiny for tests, which compile this file too.
/// </summary>
internal sealed class OnnxBuilder
{
    private readonly MemoryStream graph = new();
    private readonly MemoryStream metadata = new();

    /// <summary>Numbers in the weights so far.</summary>
    public long Parameters { get; private set; }

    public OnnxBuilder Meta(string key, object value)
    {
        Bytes(metadata, 14, Message(entry =>
        {
            Text(entry, 1, key);
            Text(entry, 2, $"{value}");
        }));
        return this;
    }

    /// <param name="shape">-1 for a size that varies.</param>
    public OnnxBuilder Input(string name, OnnxType type, params long[] shape) => Value(11, name, type, shape);

    /// <inheritdoc cref="Input"/>
    public OnnxBuilder Output(string name, OnnxType type, params long[] shape) => Value(12, name, type, shape);

    /// <param name="inputs">Names with spaces between them.</param>
    /// <param name="outputs">Names with spaces between them.</param>
    /// <param name="attributes">Whole numbers, lists of them (<c>long[]</c>) or fractions (<c>float</c>).</param>
    public OnnxBuilder Node(string op, string inputs, string outputs, params (string Name, object Value)[] attributes)
    {
        Bytes(graph, 1, Message(node =>
        {
            foreach (var input in inputs.Split(' ')) Text(node, 1, input);
            foreach (var output in outputs.Split(' ')) Text(node, 2, output);
            Text(node, 4, op);
            foreach (var (name, value) in attributes)
            {
                Bytes(node, 5, Message(attribute => Attribute(attribute, name, value)));
            }
        }));
        return this;
    }

    public OnnxBuilder Floats(string name, long[] shape, params float[] values) =>
        Weight(name, OnnxType.Float, shape, MemoryMarshal.AsBytes<float>(values).ToArray());

    public OnnxBuilder Longs(string name, long[] shape, params long[] values) =>
        Weight(name, OnnxType.Int64, shape, MemoryMarshal.AsBytes<long>(values).ToArray());

    public OnnxBuilder Ints(string name, long[] shape, params int[] values) =>
        Weight(name, OnnxType.Int32, shape, MemoryMarshal.AsBytes<int>(values).ToArray());

    /// <param name="path">Replaced if it exists.</param>
    /// <param name="opset">Version of the standard operators; 17 is the first with <c>LayerNormalization</c>.</param>
    public void Save(string path, int opset = 15)
    {
        using var file = new MemoryStream();
        Number(file, 1, 8);
        Bytes(file, 8, Message(version => Number(version, 2, opset)));
        Text(graph, 2, "made");
        Bytes(file, 7, graph.ToArray());
        file.Write(metadata.ToArray());
        File.WriteAllBytes(path, file.ToArray());
    }

    private OnnxBuilder Value(int field, string name, OnnxType type, long[] shape)
    {
        Bytes(graph, field, Message(value =>
        {
            Text(value, 1, name);
            Bytes(value, 2, Message(kind => Bytes(kind, 1, Message(tensor =>
            {
                Number(tensor, 1, (long)type);
                Bytes(tensor, 2, Message(dimensions =>
                {
                    foreach (var size in shape)
                    {
                        Bytes(dimensions, 1, Message(dimension =>
                        {
                            if (size >= 0) Number(dimension, 1, size);
                        }));
                    }
                }));
            }))));
        }));
        return this;
    }

    private OnnxBuilder Weight(string name, OnnxType type, long[] shape, byte[] content)
    {
        Parameters += shape.Aggregate(1L, (product, size) => product * size);
        Bytes(graph, 5, Message(tensor =>
        {
            foreach (var size in shape) Number(tensor, 1, size);
            Number(tensor, 2, (long)type);
            Text(tensor, 8, name);
            Bytes(tensor, 9, content);
        }));
        return this;
    }

    private static void Attribute(MemoryStream attribute, string name, object value)
    {
        Text(attribute, 1, name);
        switch (value)
        {
            case int or long:
                Number(attribute, 3, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                Number(attribute, 20, 2);
                break;
            case float fraction:
                Varint(attribute, 2 << 3 | 5);
                attribute.Write(BitConverter.GetBytes(fraction));
                Number(attribute, 20, 1);
                break;
            case long[] numbers:
                foreach (var number in numbers) Number(attribute, 8, number);
                Number(attribute, 20, 7);
                break;
            default:
                throw new ArgumentException($"{name}: {value.GetType().Name} is no attribute that is written here.", nameof(value));
        }
    }

    private static byte[] Message(Action<MemoryStream> write)
    {
        using var message = new MemoryStream();
        write(message);
        return message.ToArray();
    }

    private static void Text(MemoryStream stream, int field, string text) => Bytes(stream, field, Encoding.UTF8.GetBytes(text));

    private static void Bytes(MemoryStream stream, int field, byte[] content)
    {
        Varint(stream, (ulong)(field << 3 | 2));
        Varint(stream, (ulong)content.Length);
        stream.Write(content);
    }

    private static void Number(MemoryStream stream, int field, long value)
    {
        Varint(stream, (ulong)(field << 3));
        Varint(stream, (ulong)value);
    }

    private static void Varint(MemoryStream stream, ulong value)
    {
        for (; value > 0x7F; value >>= 7) stream.WriteByte((byte)(value & 0x7F | 0x80));
        stream.WriteByte((byte)value);
    }
}
