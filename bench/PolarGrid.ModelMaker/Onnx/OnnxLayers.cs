using PolarGrid.ModelMaker.Weights;

namespace PolarGrid.ModelMaker.Onnx;

/// <summary>
/// Layers of neural networks as ONNX operators with random weights. Each takes the name of its input and gives the name of its output.
/// Weights are drawn so that numbers keep about their size from layer to layer. The same seed gives the same file.
/// </summary>
internal sealed class OnnxLayers(OnnxBuilder model, ulong seed)
{
    private readonly NormalSource source = new(seed);
    private int names;

    public OnnxBuilder Model { get; } = model;

    /// <summary>One operator with one output.</summary>
    public string Op(string op, string inputs, params (string Name, object Value)[] attributes) => Op(op, inputs, 1, attributes)[0];

    /// <summary>One operator with several outputs.</summary>
    public string[] Op(string op, string inputs, int outputs, params (string Name, object Value)[] attributes)
    {
        string[] made = [.. Enumerable.Range(0, outputs).Select(_ => $"v{names++}")];
        Model.Node(op, inputs, string.Join(' ', made), attributes);
        return made;
    }

    /// <summary>Random weights, as many as the product of the sizes.</summary>
    public string Weights(float deviation, params long[] shape)
    {
        var count = checked((int)shape.Aggregate(1L, (product, size) => product * size));
        var values = new float[(count + 7) / 8 * 8];
        source.Fill(values, deviation);
        var name = $"w{names++}";
        Model.Floats(name, shape, values[..count]);
        return name;
    }

    public string Zeros(params long[] shape) => Constant(shape, new float[shape.Aggregate(1L, (product, size) => product * size)]);

    /// <summary>One number.</summary>
    public string Number(float value) => Constant([], value);

    public string Constant(long[] shape, params float[] values)
    {
        var name = $"c{names++}";
        Model.Floats(name, shape, values);
        return name;
    }

    public string Longs(params long[] values)
    {
        var name = $"c{names++}";
        Model.Longs(name, [values.Length], values);
        return name;
    }

    /// <summary>[1, from, T] → [1, to, T / stride], the same length where the stride is 1.</summary>
    public string Convolution(string input, int from, int to, int kernel, int stride = 1, int dilation = 1, int groups = 1, float gain = 1)
    {
        var weights = Weights(gain / MathF.Sqrt(from / groups * kernel), to, from / groups, kernel);
        long pad = (kernel - 1) * dilation / 2;
        return Op(
            "Conv", $"{input} {weights} {Zeros(to)}", ("kernel_shape", new long[] { kernel }), ("strides", new long[] { stride }),
            ("dilations", new long[] { dilation }), ("pads", new[] { pad, pad }), ("group", groups));
    }

    /// <summary>[1, from, T, F] → [1, to, T / stride, F / stride].</summary>
    public string Convolution2(string input, int from, int to, int kernel, int stride = 1, int groups = 1)
    {
        var weights = Weights(1 / MathF.Sqrt(from / groups * kernel * kernel), to, from / groups, kernel, kernel);
        long pad = (kernel - 1) / 2;
        return Op(
            "Conv", $"{input} {weights} {Zeros(to)}", ("kernel_shape", new long[] { kernel, kernel }), ("strides", new long[] { stride, stride }),
            ("pads", new[] { pad, pad, pad, pad }), ("group", groups));
    }

    /// <summary>[1, from, T] → [1, to, T · stride]; the kernel is twice the stride.</summary>
    public string Upsampling(string input, int from, int to, int stride)
    {
        var (kernel, pad) = (stride * 2, (long)stride / 2);
        var weights = Weights(1 / MathF.Sqrt(from * 2), from, to, kernel);
        return Op(
            "ConvTranspose", $"{input} {weights} {Zeros(to)}", ("kernel_shape", new long[] { kernel }), ("strides", new long[] { stride }), ("pads", new[] { pad, pad }));
    }

    /// <summary>[…, from] → […, to].</summary>
    public string Linear(string input, int from, int to, float gain = 1) =>
        Op("Add", $"{Op("MatMul", $"{input} {Weights(gain / MathF.Sqrt(from), from, to)}")} {Zeros(to)}");

    /// <summary>Over the last dimension, which has this width.</summary>
    public string Norm(string input, int width) =>
        Op("LayerNormalization", $"{input} {Constant([width], [.. Enumerable.Repeat(1f, width)])} {Zeros(width)}", ("axis", -1), ("epsilon", 1e-5f));

    /// <summary>[1, T, C] ↔ [1, C, T].</summary>
    public string Turned(string input) => Op("Transpose", input, ("perm", new long[] { 0, 2, 1 }));

    /// <summary>x · sigmoid(x).</summary>
    public string Swish(string input) => Op("Mul", $"{input} {Op("Sigmoid", input)}");

    /// <summary>Self-attention over [1, T, width] with so many heads, projections included.</summary>
    public string Attention(string input, int width, int heads)
    {
        var size = width / heads;
        var split = Longs(0, 0, heads, size);
        string Heads(params long[] order) => Op("Transpose", Op("Reshape", $"{Linear(input, width, width)} {split}"), ("perm", order));
        var (query, key, value) = (Heads(0, 2, 1, 3), Heads(0, 2, 3, 1), Heads(0, 2, 1, 3));
        var scores = Op("Mul", $"{Op("MatMul", $"{query} {key}")} {Number(1 / MathF.Sqrt(size))}");
        var mixed = Op("MatMul", $"{Op("Softmax", scores, ("axis", -1))} {value}");
        var joined = Op("Reshape", $"{Op("Transpose", mixed, ("perm", new long[] { 0, 2, 1, 3 }))} {Longs(0, 0, width)}");
        return Linear(joined, width, width);
    }
}
