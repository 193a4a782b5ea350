using PolarGrid.Engine.Sherpa.Onnx;
using PolarGrid.ModelMaker.Onnx;

namespace PolarGrid.ModelMaker.Speech;

/// <summary>
/// A VITS voice of the size of a Piper voice of medium quality (15 M parameters, 22,050 Hz): text encoder, flow and decoder in their
/// published sizes, with random weights. What it says is noise; how long it takes and how long it lasts are as with a real one. It is given
/// characters, so it needs no phonemiser, and gives each the same time instead of predicting it.
/// </summary>
internal static class VoiceFile
{
    public const int SampleRate = 22_050;

    /// <summary>Characters that it knows, by their numbers from 1 on; 0 fills up.</summary>
    public const string Characters = "abcdefghijklmnopqrstuvwxyz ',.?!-";

    private const int Width = 192, FeedForward = 768, Heads = 2, Layers = 6, Couplings = 4, CouplingLayers = 4, CouplingKernel = 5;

    /// <summary>Frames of 256 samples that a character lasts at the usual speed: 81 ms.</summary>
    private const float FramesPerCharacter = 7;

    private static readonly (int Channels, int Stride)[] Stages = [(128, 8), (64, 8), (32, 4)];
    private static readonly (int Kernel, int[] Dilations)[] Blocks = [(3, [1, 2]), (5, [2, 6]), (7, [3, 12])];

    /// <returns>How many parameters it has.</returns>
    public static long Write(string path, ulong seed)
    {
        var model = new OnnxBuilder().Input("x", OnnxType.Int64, 1, -1).Input("x_length", OnnxType.Int64, 1)
            .Input("noise_scale", OnnxType.Float, 1).Input("length_scale", OnnxType.Float, 1).Input("noise_scale_w", OnnxType.Float, 1)
            .Output("y", OnnxType.Float, 1, 1, -1);
        var layers = new OnnxLayers(model, seed);
        var sound = Decoder(layers, Flow(layers, Stretched(layers, Latent(layers, Encoder(layers)))));
        var unused = layers.Op("Add", $"{layers.Op("Cast", "x_length", ("to", (int)OnnxType.Float))} noise_scale_w");
        model.Node("Add", $"{sound} {layers.Op("Mul", $"{unused} {layers.Number(0)}")}", "y");
        foreach (var (key, value) in (ReadOnlySpan<(string, object)>)
            [
                ("model_type", "vits"), ("comment", "random weights"), ("frontend", "characters"), ("language", "English"), ("n_speakers", 1),
                ("sample_rate", SampleRate), ("add_blank", 0), ("use_eos_bos", 0), ("blank_id", 0), ("bos_id", 0), ("eos_id", 0), ("pad_id", 0),
            ])
        {
            model.Meta(key, value);
        }

        model.Save(path, opset: 17);
        return model.Parameters;
    }

    private static string Encoder(OnnxLayers layers)
    {
        var state = layers.Op("Gather", $"{layers.Weights(1, Characters.Length + 1, Width)} x");
        for (var layer = 0; layer < Layers; layer++)
        {
            state = layers.Norm(layers.Op("Add", $"{state} {layers.Attention(state, Width, Heads)}"), Width);
            var wide = layers.Op("Relu", layers.Convolution(layers.Turned(state), Width, FeedForward, kernel: 3));
            var narrow = layers.Turned(layers.Convolution(wide, FeedForward, Width, kernel: 3));
            state = layers.Norm(layers.Op("Add", $"{state} {narrow}"), Width);
        }

        return layers.Turned(state);
    }

    /// <summary>Mean and deviation of each character's sound; in place of noise, which would make every run different, the deviation itself.</summary>
    private static string Latent(OnnxLayers layers, string state)
    {
        var both = layers.Op("Split", layers.Convolution(state, Width, 2 * Width, kernel: 1), outputs: 2, ("axis", 1));
        return layers.Op("Add", $"{both[0]} {layers.Op("Mul", $"{both[1]} noise_scale")}");
    }

    /// <summary>Repeats each character for as long as it lasts.</summary>
    private static string Stretched(OnnxLayers layers, string state)
    {
        var frames = layers.Op("Max", $"{layers.Op("Round", layers.Op("Mul", $"length_scale {layers.Number(FramesPerCharacter)}"))} {layers.Constant([1], 1)}");
        var shape = layers.Op("Concat", $"{layers.Longs(1, 1, 1)} {layers.Op("Cast", frames, ("to", (int)OnnxType.Int64))}", ("axis", 0));
        var columns = layers.Op("Unsqueeze", $"{state} {layers.Longs(3)}");
        return layers.Op("Reshape", $"{layers.Op("Expand", $"{columns} {shape}")} {layers.Longs(1, Width, -1)}");
    }

    private static string Flow(OnnxLayers layers, string state)
    {
        for (var coupling = 0; coupling < Couplings; coupling++)
        {
            var halves = layers.Op("Split", state, outputs: 2, ("axis", 1));
            var hidden = layers.Convolution(halves[0], Width / 2, Width, kernel: 1);
            string? skipped = null;
            for (var layer = 0; layer < CouplingLayers; layer++)
            {
                var gates = layers.Op("Split", layers.Convolution(hidden, Width, 2 * Width, CouplingKernel), outputs: 2, ("axis", 1));
                var open = layers.Op("Mul", $"{layers.Op("Tanh", gates[0])} {layers.Op("Sigmoid", gates[1])}");
                var last = layer == CouplingLayers - 1;
                var made = layers.Convolution(open, Width, last ? Width : 2 * Width, kernel: 1);
                var parts = last ? [made] : layers.Op("Split", made, outputs: 2, ("axis", 1));
                skipped = skipped is null ? parts[^1] : layers.Op("Add", $"{skipped} {parts[^1]}");
                if (!last) hidden = layers.Op("Add", $"{hidden} {parts[0]}");
            }

            var moved = layers.Op("Sub", $"{halves[1]} {layers.Convolution(skipped!, Width, Width / 2, kernel: 1)}");
            state = layers.Op("Concat", $"{moved} {halves[0]}", ("axis", 1));
        }

        return state;
    }

    /// <summary>Frames become samples: each stage multiplies them, then three blocks of different reach look at them.</summary>
    private static string Decoder(OnnxLayers layers, string frames)
    {
        var channels = 256;
        var sound = layers.Convolution(frames, Width, channels, kernel: 7);
        foreach (var (fewer, stride) in Stages)
        {
            sound = layers.Upsampling(layers.Op("LeakyRelu", sound, ("alpha", 0.1f)), channels, fewer, stride);
            channels = fewer;
            var heard = Blocks.Select(block => Block(layers, sound, fewer, block.Kernel, block.Dilations)).ToList();
            sound = layers.Op("Div", $"{layers.Op("Sum", string.Join(' ', heard))} {layers.Number(Blocks.Length)}");
        }

        return layers.Op("Tanh", layers.Convolution(layers.Op("LeakyRelu", sound, ("alpha", 0.01f)), channels, 1, kernel: 7, gain: 0.3f));
    }

    private static string Block(OnnxLayers layers, string sound, int channels, int kernel, int[] dilations)
    {
        foreach (var dilation in dilations)
        {
            var heard = layers.Convolution(layers.Op("LeakyRelu", sound, ("alpha", 0.1f)), channels, channels, kernel, dilation: dilation, gain: 0.5f);
            sound = layers.Op("Add", $"{sound} {heard}");
        }

        return sound;
    }
}
