using System.Text;
using PolarGrid.Engine.Sherpa.Onnx;
using PolarGrid.ModelMaker.Onnx;

namespace PolarGrid.Engine.Sherpa.Tests;

/// <summary>
/// Voices of the layouts that are given phonemes, with nothing learned in them: every sound becomes 400 samples of its own height. They
/// have the inputs, outputs and metadata of real exports.
/// </summary>
internal static class TinyVoices
{
    public const int SamplesPerSound = 400;

    private const OnnxType F = OnnxType.Float;
    private const OnnxType L = OnnxType.Int64;
    private const string Sounds = "_^$ ,.!?;:—…\"()“”'-abcdefghijklmnopqrstuvwxyzɐɑɒæəɚɛɜɝɡɪɹɾʃʊʌʒθðŋɔˈˌːɫʔ̩ᵻ";

    // espeak-ng reads its folder once for the whole process, the first that a voice brings, and goes back to it later: it must stay.
    private static readonly Lazy<ModelFolder> First = new(() =>
    {
        var folder = MakePiper();
        Copy(EspeakFactAttribute.Folder!, folder.At("espeak-ng-data"), whole: true);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        SherpaProbe.Run(folder.Read());
        return folder;
    });

    public static ModelFolder Piper()
    {
        _ = First.Value;
        return MakePiper();
    }

    public static ModelFolder Kokoro(int speakers = 2, int longest = 64)
    {
        _ = First.Value;
        const int width = 8;
        var folder = Folder("kokoro", """ "model": "model.onnx", "voices": "voices.bin", "tokens": "tokens.txt", "data_dir": "espeak-ng-data" """);
        Loud(new OnnxBuilder().Input("tokens", L, 1, -1).Input("style", F, 1, width).Input("speed", F, 1).Output("audio", F, -1), "tokens")
            .Longs("shape", [1], -1).Node("Reshape", "loud shape", "plain").Node("ReduceMean", "style", "timbre", ("keepdims", 0)).Node("Add", "plain timbre", "sound")
            .Floats("zero", [1], 0).Node("Mul", "speed zero", "nothing").Node("Add", "sound nothing", "audio")
            .Meta("model_type", "kokoro").Meta("language", "English").Meta("has_espeak", 1).Meta("voice", "en-us").Meta("n_speakers", speakers)
            .Meta("sample_rate", 24_000).Meta("style_dim", $"{longest},1,{width}").Meta("version", 1).Save(folder.At("model.onnx"));

        // Speaker n lifts all samples by n tenths.
        var styles = new byte[speakers * longest * width * sizeof(float)];
        for (var i = 0; i < styles.Length / sizeof(float); i++) BitConverter.TryWriteBytes(styles.AsSpan(i * sizeof(float)), 0.1f * (i / (longest * width)));
        File.WriteAllBytes(folder.At("voices.bin"), styles);
        return folder;
    }

    public static ModelFolder Matcha()
    {
        _ = First.Value;
        var folder = Folder("matcha", """ "model": "model.onnx", "vocoder": "vocoder.onnx", "tokens": "tokens.txt", "data_dir": "espeak-ng-data" """);
        new OnnxBuilder().Input("x", L, -1, -1).Input("x_length", L, -1).Input("noise_scale", F, -1).Input("length_scale", F, -1).Output("mel", F, -1, 80, -1)
            .Node("Cast", "x", "xf", ("to", 1)).Longs("axis", [1], 1).Node("Unsqueeze", "xf axis", "row").Floats("bands", [1, 80, 1], new float[80]).Node("Add", "row bands", "spread")
            .Node("Cast", "x_length", "lf", ("to", 1)).Node("Mul", "lf noise_scale", "a").Node("Mul", "a length_scale", "b").Floats("zero", [1], 0).Node("Mul", "b zero", "nothing")
            .Node("Add", "spread nothing", "mel")
            .Meta("model_type", "matcha-tts").Meta("language", "English").Meta("has_espeak", 1).Meta("voice", "en-us").Meta("n_speakers", 1).Meta("sample_rate", 22_050)
            .Meta("use_eos_bos", 1).Meta("pad_id", 0).Save(folder.At("model.onnx"));
        new OnnxBuilder().Input("mel", F, -1, 80, -1).Output("audio", F, -1, 1, -1)
            .Node("ReduceMax", "mel", "height", ("keepdims", 0)).Node("Shape", "mel", "size").Floats("piece", [1, 1, SamplesPerSound], Wave())
            .Longs("two", [1], 2).Node("Gather", "size two", "count").Longs("ones", [2], 1, 1).Node("Concat", "ones count", "times", ("axis", 0)).Node("Tile", "piece times", "plain")
            .Floats("zero", [], 0).Node("Mul", "height zero", "nothing").Node("Add", "plain nothing", "audio")
            .Meta("model_type", "hifigan").Save(folder.At("vocoder.onnx"));
        return folder;
    }

    private static ModelFolder MakePiper()
    {
        var folder = Folder("vits", """ "model": "model.onnx", "tokens": "tokens.txt", "data_dir": "espeak-ng-data" """);
        Loud(new OnnxBuilder().Input("input", L, -1, -1).Input("input_lengths", L, -1).Input("scales", F, 3).Output("output", F, -1, 1, -1, -1), "input")
            .Longs("shape", [4], 1, 1, 1, -1).Node("Reshape", "loud shape", "plain")
            .Node("ReduceSum", "scales", "scale", ("keepdims", 0)).Floats("zero", [], 0).Node("Mul", "scale zero", "nothing").Node("Add", "plain nothing", "sound")
            .Node("Cast", "input_lengths", "length", ("to", 1)).Node("ReduceSum", "length", "len", ("keepdims", 0)).Node("Mul", "len zero", "none").Node("Add", "sound none", "output")
            .Meta("model_type", "vits").Meta("comment", "piper").Meta("language", "English").Meta("voice", "en-us").Meta("has_espeak", 1)
            .Meta("n_speakers", 1).Meta("sample_rate", 22_050).Save(folder.At("model.onnx"));
        return folder;
    }

    /// <summary>Numbers of sounds become <c>loud</c>, a row of samples.</summary>
    private static OnnxBuilder Loud(OnnxBuilder builder, string tokens) => builder
        .Node("Cast", tokens, "numbers", ("to", 1)).Floats("hundred", [], 200).Node("Div", "numbers hundred", "heights")
        .Longs("last", [1], 2).Node("Unsqueeze", "heights last", "columns").Floats("wave", [1, 1, SamplesPerSound], Wave()).Node("Mul", "columns wave", "loud");

    private static float[] Wave() => [.. Enumerable.Range(0, SamplesPerSound).Select(i => MathF.Sin(i * MathF.Tau / 40))];

    private static ModelFolder Folder(string kind, string files)
    {
        var folder = new ModelFolder().Manifest($$"""{ "engine": "sherpa-onnx", "kind": "{{kind}}", "files": { {{files}} }, "languages": ["en-US"], "licence": "none" }""");
        Copy(EspeakFactAttribute.Folder!, folder.At("espeak-ng-data"), whole: false);
        var lines = Sounds.EnumerateRunes().Select((sound, id) => sound.Value == ' ' ? $"  {id}" : $"{sound} {id}");
        File.WriteAllText(folder.At("tokens.txt"), string.Join('\n', lines) + '\n', new UTF8Encoding(false));
        return folder;
    }

    /// <param name="whole">Dictionaries and voices too, which only the first folder of a process is asked for.</param>
    private static void Copy(string from, string to, bool whole)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", whole ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly))
        {
            if (!whole && file.EndsWith("_dict", StringComparison.Ordinal)) continue;
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, File.ReadAllBytes(file));
        }
    }
}
