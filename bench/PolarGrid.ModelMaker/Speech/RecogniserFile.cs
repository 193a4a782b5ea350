using PolarGrid.Engine.Sherpa.Onnx;
using PolarGrid.ModelMaker.Onnx;

namespace PolarGrid.ModelMaker.Speech;

/// <summary>
/// A recogniser of the size of NeMo's medium FastConformer with CTC (26 M parameters, 1,024 symbols, a frame for each 80 ms), with random
/// weights. Whatever it hears, it writes the same words, one for each four frames; all of its layers have a part in every score, but none
/// large enough to change a word. So an answer can be checked, and its time is that of a real one.
/// </summary>
internal static class RecogniserFile
{
    private const int Bands = 80, Width = 256, FeedForward = 1024, Heads = 4, Layers = 16, Kernel = 9, Subsampling = 8, FramesPerWord = 4;

    /// <returns>How many parameters it has.</returns>
    public static long Write(string path, int words, ulong seed)
    {
        var model = new OnnxBuilder().Input("audio_signal", OnnxType.Float, 1, Bands, -1).Input("length", OnnxType.Int64, 1)
            .Output("logprobs", OnnxType.Float, 1, -1, words + 1);
        var layers = new OnnxLayers(model, seed);
        var state = Subsampled(layers);
        for (var layer = 0; layer < Layers; layer++) state = Block(layers, state);

        var scores = layers.Op("Tanh", layers.Linear(state, Width, words + 1));
        var zero = layers.Op("Mul", $"{layers.Op("Cast", "length", ("to", (int)OnnxType.Float))} {layers.Number(0)}");
        var raised = layers.Op("Add", $"{layers.Op("Add", $"{scores} {zero}")} {Told(layers, state, words)}");
        model.Node("LogSoftmax", raised, "logprobs", ("axis", 2));
        foreach (var (key, value) in (ReadOnlySpan<(string, object)>)
            [("model_type", "EncDecCTCModelBPE"), ("comment", "random weights"), ("vocab_size", words + 1), ("subsampling_factor", Subsampling), ("normalize_type", "per_feature")])
        {
            model.Meta(key, value);
        }

        model.Save(path, opset: 17);
        return model.Parameters;
    }

    /// <summary>A frame out of eight: each convolution halves time and bands.</summary>
    private static string Subsampled(OnnxLayers layers)
    {
        var image = layers.Op("Unsqueeze", $"{layers.Turned("audio_signal")} {layers.Longs(1)}");
        image = layers.Op("Relu", layers.Convolution2(image, 1, Width, kernel: 3, stride: 2));
        for (var times = 2; times < Subsampling; times *= 2)
        {
            image = layers.Convolution2(layers.Convolution2(image, Width, Width, kernel: 3, stride: 2, groups: Width), Width, Width, kernel: 1);
            image = layers.Op("Relu", image);
        }

        var flat = Width * Bands / Subsampling;
        var rows = layers.Op("Reshape", $"{layers.Op("Transpose", image, ("perm", new long[] { 0, 2, 1, 3 }))} {layers.Longs(0, 0, flat)}");
        return layers.Linear(rows, flat, Width);
    }

    /// <summary>Two half feed-forwards around attention and a convolution, each added to the stream.</summary>
    private static string Block(OnnxLayers layers, string state)
    {
        state = layers.Op("Add", $"{state} {FeedForwardHalf(layers, state)}");
        state = layers.Op("Add", $"{state} {layers.Attention(layers.Norm(state, Width), Width, Heads)}");
        var gates = layers.Op("Split", layers.Linear(layers.Norm(state, Width), Width, 2 * Width), outputs: 2, ("axis", 2));
        var open = layers.Turned(layers.Op("Mul", $"{gates[0]} {layers.Op("Sigmoid", gates[1])}"));
        var near = layers.Turned(layers.Swish(layers.Convolution(open, Width, Width, Kernel, groups: Width)));
        state = layers.Op("Add", $"{state} {layers.Linear(near, Width, Width)}");
        return layers.Norm(layers.Op("Add", $"{state} {FeedForwardHalf(layers, state)}"), Width);
    }

    private static string FeedForwardHalf(OnnxLayers layers, string state) =>
        layers.Linear(layers.Swish(layers.Linear(layers.Norm(state, Width), Width, FeedForward)), FeedForward, Width, gain: 0.5f);

    /// <summary>What is said, frame by frame: word after word, from the first again behind the last, with blanks between them.</summary>
    private static string Told(OnnxLayers layers, string state, int words)
    {
        const float certain = 20;
        var frames = words * FramesPerWord;
        var symbols = new long[frames];
        for (var frame = 0; frame < frames; frame++) symbols[frame] = frame % FramesPerWord == 0 ? frame / FramesPerWord : words;
        layers.Model.Longs("symbols", [frames], symbols).Longs("first", [], 0).Longs("step", [], 1).Longs("round", [], frames).Longs("depth", [], words + 1);
        layers.Model.Longs("time_axis", [], 1);
        var length = layers.Op("Gather", $"{layers.Op("Shape", state)} time_axis");
        var place = layers.Op("Mod", $"{layers.Op("Range", $"first {length} step")} round");
        return layers.Op("OneHot", $"{layers.Op("Gather", $"symbols {place}")} depth {layers.Constant([2], 0, certain)}", ("axis", -1));
    }
}
