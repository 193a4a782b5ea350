using PolarGrid.Engine.Sherpa.Onnx;
using PolarGrid.ModelMaker.Onnx;

namespace PolarGrid.ModelMaker.Speech;

/// <summary>
/// A recogniser of the sizes of NeMo's FastConformers with CTC (1,024 symbols, a frame for each 80 ms), with random weights. Whatever it hears, it writes the same words, one for each four frames; all of its layers have a part in every score, but none
/// large enough to change a word. So an answer can be checked, and its time is that of a real one.
/// </summary>
internal sealed class RecogniserFile
{
    private const int Bands = 80, Channels = 256, Kernel = 9, Subsampling = 8, FramesPerWord = 4;

    private readonly OnnxLayers layers;
    private readonly int width, heads;

    private RecogniserFile(OnnxLayers layers, int width, int heads) => (this.layers, this.width, this.heads) = (layers, width, heads);

    /// <param name="path">Replaced if it exists.</param>
    /// <param name="large">The large one (105 M parameters), as Parakeet's smallest; else the medium one (25 M).</param>
    /// <param name="words">Symbols without the blank.</param>
    /// <param name="seed">Same seed, same file.</param>
    /// <returns>How many parameters it has.</returns>
    public static long Write(string path, bool large, int words, ulong seed)
    {
        var model = new OnnxBuilder().Input("audio_signal", OnnxType.Float, 1, Bands, -1).Input("length", OnnxType.Int64, 1)
            .Output("logprobs", OnnxType.Float, 1, -1, words + 1);
        var layers = new OnnxLayers(model, seed);
        var (width, heads, blocks) = large ? (512, 8, 17) : (256, 4, 16);
        var file = new RecogniserFile(layers, width, heads);
        var state = file.Subsampled();
        for (var block = 0; block < blocks; block++) state = file.Block(state);

        var scores = layers.Op("Tanh", layers.Linear(state, width, words + 1));
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
    private string Subsampled()
    {
        var image = layers.Op("Unsqueeze", $"{layers.Turned("audio_signal")} {layers.Longs(1)}");
        image = layers.Op("Relu", layers.Convolution2(image, 1, Channels, kernel: 3, stride: 2));
        for (var times = 2; times < Subsampling; times *= 2)
        {
            image = layers.Convolution2(layers.Convolution2(image, Channels, Channels, kernel: 3, stride: 2, groups: Channels), Channels, Channels, kernel: 1);
            image = layers.Op("Relu", image);
        }

        var flat = Channels * Bands / Subsampling;
        var rows = layers.Op("Reshape", $"{layers.Op("Transpose", image, ("perm", new long[] { 0, 2, 1, 3 }))} {layers.Longs(0, 0, flat)}");
        return layers.Linear(rows, flat, width);
    }

    /// <summary>Two half feed-forwards around attention and a convolution, each added to the stream.</summary>
    private string Block(string state)
    {
        state = layers.Op("Add", $"{state} {FeedForwardHalf(state)}");
        state = layers.Op("Add", $"{state} {layers.Attention(layers.Norm(state, width), width, heads)}");
        var gates = layers.Op("Split", layers.Linear(layers.Norm(state, width), width, 2 * width), outputs: 2, ("axis", 2));
        var open = layers.Turned(layers.Op("Mul", $"{gates[0]} {layers.Op("Sigmoid", gates[1])}"));
        var near = layers.Turned(layers.Swish(layers.Convolution(open, width, width, Kernel, groups: width)));
        state = layers.Op("Add", $"{state} {layers.Linear(near, width, width)}");
        return layers.Norm(layers.Op("Add", $"{state} {FeedForwardHalf(state)}"), width);
    }

    private string FeedForwardHalf(string state) =>
        layers.Linear(layers.Swish(layers.Linear(layers.Norm(state, width), width, 4 * width)), 4 * width, width, gain: 0.5f);

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
