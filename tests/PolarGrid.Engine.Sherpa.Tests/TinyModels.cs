using System.Text;
using PolarGrid.Engine.Sherpa.Onnx;
using PolarGrid.ModelMaker.Onnx;

namespace PolarGrid.Engine.Sherpa.Tests;

/// <summary>
/// Recognisers of every layout with nothing learned in them: whatever they hear, they say "hi yo" (or what a test asks for). They have the
/// inputs, outputs and metadata of real exports, so the library runs them the way it runs those.
/// </summary>
internal static class TinyModels
{
    private const OnnxType F = OnnxType.Float;
    private const OnnxType L = OnnxType.Int64;
    private const OnnxType I = OnnxType.Int32;

    /// <summary>h, i, nothing, y, o, nothing: one frame each, of five symbols.</summary>
    private static readonly int[] Spoken = [1, 2, 0, 3, 4, 0];

    public static ModelFolder ZipformerCtc()
    {
        var folder = Folder("zipformer-ctc", "model");
        Constant(new OnnxBuilder().Input("x", F, -1, -1, 80).Input("x_lens", L, -1).Output("log_probs", F, -1, -1, 5).Output("log_probs_len", L, -1), "x", "x_lens")
            .Floats("frames", [1, 6, 5], OneHot(Spoken, 5)).Node("Add", "frames nothing", "log_probs")
            .Node("Add", "six no_length", "log_probs_len").Longs("six", [1], 6).Save(folder.At("model.onnx"));
        return folder.Tokens("<blk>", "▁h", "i", "▁y", "o");
    }

    /// <param name="chunk">Frames that it hears at a time, where it is one for streaming.</param>
    public static ModelFolder ZipformerTransducer(int? chunk = null)
    {
        var folder = Folder("transducer", "encoder", "decoder", "joiner");
        var encoder = new OnnxBuilder();
        if (chunk is { } frames) encoder.Meta("decode_chunk_len", frames);
        Constant(encoder.Input("x", F, -1, -1, 80).Input("x_lens", L, -1).Output("encoder_out", F, -1, -1, 5).Output("encoder_out_lens", L, -1), "x", "x_lens")
            .Floats("frames", [1, 6, 5], OneHot(Spoken, 5)).Node("Add", "frames nothing", "encoder_out")
            .Node("Add", "six no_length", "encoder_out_lens").Longs("six", [1], 6).Meta("model_type", "zipformer2").Save(folder.At("encoder.onnx"));
        new OnnxBuilder().Input("y", L, -1, 2).Output("decoder_out", F, -1, 5)
            .Node("Cast", "y", "yf", ("to", 1)).Longs("one", [1], 1).Node("ReduceSum", "yf one", "sum", ("keepdims", 1))
            .Floats("zeros", [1, 5], new float[5]).Node("Mul", "sum zeros", "decoder_out")
            .Meta("vocab_size", 5).Meta("context_size", 2).Save(folder.At("decoder.onnx"));
        new OnnxBuilder().Input("encoder_out", F, -1, 5).Input("decoder_out", F, -1, 5).Output("logit", F, -1, 5)
            .Node("Add", "encoder_out decoder_out", "logit").Save(folder.At("joiner.onnx"));
        return folder.Tokens("<blk>", "▁h", "i", "▁y", "o");
    }

    /// <summary>A transducer of NeMo: the blank is last, and a symbol is held down once it was said, else it would be said ten times.</summary>
    public static ModelFolder NemoTransducer()
    {
        var folder = Folder("transducer", "encoder", "decoder", "joiner");
        int[] spoken = [0, 1, 4, 2, 3, 4];
        var frames = OneHot(spoken, 5);
        for (var frame = 0; frame < 6; frame++) frames[frame * 5 + 4] = Math.Max(frames[frame * 5 + 4], 5);
        var channels = new float[30];
        for (var frame = 0; frame < 6; frame++)
        {
            for (var symbol = 0; symbol < 5; symbol++) channels[symbol * 6 + frame] = frames[frame * 5 + symbol];
        }

        Constant(new OnnxBuilder().Input("audio_signal", F, -1, 80, -1).Input("length", L, -1).Output("outputs", F, -1, 5, -1).Output("encoded_lengths", L, -1), "audio_signal", "length")
            .Floats("frames", [1, 5, 6], channels).Node("Add", "frames nothing", "outputs")
            .Node("Add", "six no_length", "encoded_lengths").Longs("six", [1], 6)
            .Meta("model_type", "EncDecRNNTBPEModel").Meta("vocab_size", 4).Meta("subsampling_factor", 8).Meta("pred_rnn_layers", 1).Meta("pred_hidden", 4)
            .Meta("normalize_type", "per_feature").Save(folder.At("encoder.onnx"));
        new OnnxBuilder().Input("targets", I, -1, -1).Input("target_length", I, -1).Input("states.1", F, 1, -1, 4).Input("onnx::Slice_3", F, 1, -1, 4)
            .Output("outputs", F, -1, 5, -1).Output("prednet_lengths", I, -1).Output("states", F, 1, -1, 4).Output("162", F, 1, -1, 4)
            .Ints("depth", [], 5).Floats("values", [2], 0, -100).Node("OneHot", "targets depth values", "said", ("axis", 1))
            .Node("Identity", "said", "outputs").Node("Identity", "target_length", "prednet_lengths")
            .Node("Identity", "states.1", "states").Node("Identity", "onnx::Slice_3", "162").Save(folder.At("decoder.onnx"));
        new OnnxBuilder().Input("encoder_outputs", F, -1, 5, 1).Input("decoder_outputs", F, -1, 5, 1).Output("outputs", F, -1, 1, 1, 5)
            .Node("Add", "encoder_outputs decoder_outputs", "sum").Longs("shape", [4], -1, 1, 1, 5).Node("Reshape", "sum shape", "outputs").Save(folder.At("joiner.onnx"));
        return folder.Tokens("▁h", "i", "▁y", "o", "<blk>");
    }

    /// <summary>
    /// A Whisper of two languages. It finds German, says "hi yo" step by step, begins with "T" when it shall translate and with "E" when it
    /// is told that the language is English.
    /// </summary>
    public static ModelFolder Whisper(bool multilingual = true)
    {
        const int vocabulary = 20, context = 16, end = 9, english = 11, german = 12, translate = 14;
        var folder = Folder("whisper", "encoder", "decoder");
        var encoder = Constant(new OnnxBuilder().Input("mel", F, -1, 80, -1).Output("n_layer_cross_k", F, 1, -1, -1, 4).Output("n_layer_cross_v", F, 1, -1, -1, 4), "mel", null)
            .Floats("state", [1, 1, 2, 4], new float[8]).Node("Add", "state nothing", "n_layer_cross_k").Node("Identity", "n_layer_cross_k", "n_layer_cross_v")
            .Meta("n_mels", 80).Meta("n_text_layer", 1).Meta("n_text_ctx", context).Meta("n_text_state", 4).Meta("n_vocab", vocabulary)
            .Meta("sot", 10).Meta("eot", end).Meta("blank_id", 0).Meta("translate", translate).Meta("transcribe", 13).Meta("no_timestamps", 16)
            .Meta("no_speech", 15).Meta("is_multilingual", multilingual ? 1 : 0).Meta("sot_sequence", multilingual ? "10,11,13" : "10");
        if (multilingual) encoder.Meta("all_language_tokens", "11,12").Meta("all_language_codes", "en,de");
        encoder.Save(folder.At("encoder.onnx"));

        // A row for each place: after the first tokens (place 0), then from the number of first tokens on.
        var table = new float[context * vocabulary];
        var first = multilingual ? 4 : 2;
        int[] steps = [1, 2, 3, end];
        table[steps[0]] = 10;
        for (var step = 1; step < steps.Length; step++) table[(first + step - 1) * vocabulary + steps[step]] = 10;
        table[german] = 5;
        var translates = new float[vocabulary];
        translates[4] = 50;
        var isEnglish = new float[vocabulary];
        isEnglish[5] = 20;
        new OnnxBuilder().Input("tokens", L, -1, -1)
            .Input("in_n_layer_self_k_cache", F, 1, -1, context, 4).Input("in_n_layer_self_v_cache", F, 1, -1, context, 4)
            .Input("n_layer_cross_k", F, 1, -1, -1, 4).Input("n_layer_cross_v", F, 1, -1, -1, 4).Input("offset", L, 1)
            .Output("logits", F, -1, -1, vocabulary).Output("out_n_layer_self_k_cache", F, 1, -1, context, 4).Output("out_n_layer_self_v_cache", F, 1, -1, context, 4)
            .Floats("table", [context, vocabulary], table).Node("Gather", "table offset", "row")
            .Longs("translate", [], translate).Node("Equal", "tokens translate", "is_t").Node("Cast", "is_t", "ft", ("to", 1)).Node("ReduceMax", "ft", "t", ("keepdims", 0))
            .Longs("english", [], english).Node("Equal", "tokens english", "is_e").Node("Cast", "is_e", "fe", ("to", 1)).Node("ReduceMax", "fe", "e", ("keepdims", 0))
            .Floats("if_t", [1, vocabulary], translates).Node("Mul", "if_t t", "add_t").Floats("if_e", [1, vocabulary], isEnglish).Node("Mul", "if_e e", "add_e")
            .Node("Add", "row add_t", "row_t").Node("Add", "row_t add_e", "row_e").Longs("shape", [3], 1, 1, vocabulary).Node("Reshape", "row_e shape", "plain")
            .Node("ReduceMean", "n_layer_cross_k", "heard", ("keepdims", 0)).Node("ReduceMean", "n_layer_cross_v", "heard_v", ("keepdims", 0))
            .Node("Add", "heard heard_v", "heard_both").Node("Add", "plain heard_both", "logits")
            .Node("Identity", "in_n_layer_self_k_cache", "out_n_layer_self_k_cache").Node("Identity", "in_n_layer_self_v_cache", "out_n_layer_self_v_cache")
            .Save(folder.At("decoder.onnx"));
        return folder.Tokens(Base64("_", " hi", " y", "o", " T", " E"))
            .Manifest(manifest => manifest.Remove("languages"));
    }

    public static ModelFolder Moonshine()
    {
        const int vocabulary = 8;
        var folder = Folder("moonshine", "preprocessor", "encoder", "uncached_decoder", "cached_decoder");
        new OnnxBuilder().Input("audio", F, -1, -1).Output("features", F, -1, -1, 4)
            .Node("ReduceMean", "audio", "mean", ("keepdims", 0)).Floats("zero", [], 0).Node("Mul", "mean zero", "nothing")
            .Floats("state", [1, 100, 4], new float[400]).Node("Add", "state nothing", "features").Save(folder.At("preprocessor.onnx"));
        new OnnxBuilder().Input("features", F, -1, -1, 4).Input("features_len", I, -1).Output("encoded", F, -1, -1, 4)
            .Node("Cast", "features_len", "length", ("to", 1)).Floats("zero", [1], 0).Node("Mul", "length zero", "nothing").Node("Add", "features nothing", "encoded")
            .Save(folder.At("encoder.onnx"));

        // Symbols 3, 4, 5 and then the end, 2, told by the number of tokens so far.
        var table = OneHot([0, 3, 4, 5, 2, 2], vocabulary);
        foreach (var name in (string[])["uncached_decoder", "cached_decoder"])
        {
            var decoder = new OnnxBuilder().Input("tokens", I, -1, -1).Input("encoder_out", F, -1, -1, 4).Input("seq_len", I, -1);
            if (name == "cached_decoder") decoder.Input("state_in", F, 1, 1);
            decoder.Output("logits", F, -1, 1, vocabulary).Output("state_out", F, 1, 1)
                .Floats("table", [6, vocabulary], table).Node("Gather", "table seq_len", "row").Longs("shape", [3], 1, 1, vocabulary).Node("Reshape", "row shape", "plain")
                .Node("ReduceMean", "encoder_out", "heard", ("keepdims", 0)).Node("Cast", "tokens", "said", ("to", 1)).Node("ReduceMean", "said", "last", ("keepdims", 0))
                .Floats("zero", [], 0).Node("Mul", "last zero", "nothing").Node("Add", "plain heard", "more").Node("Add", "more nothing", "logits");
            if (name == "cached_decoder") decoder.Node("Identity", "state_in", "state_out");
            else decoder.Floats("state", [1, 1], 0).Node("Add", "state nothing", "state_out");
            decoder.Save(folder.At($"{name}.onnx"));
        }

        return folder.Tokens("<unk>", "<s>", "</s>", "▁hi", "▁y", "o", "x", "z");
    }

    /// <summary>Moonshine's second layout: one decoder for the first and for all further steps, told apart by a flag.</summary>
    /// <param name="mask">Whether the decoder takes a mask of the frames, as some exports do.</param>
    /// <param name="lastState">Whether it gives back all states that it takes.</param>
    public static ModelFolder MoonshineMerged(bool mask = false, bool lastState = true)
    {
        const int vocabulary = 8;
        var folder = Folder("moonshine", "encoder", "merged_decoder");
        Constant(new OnnxBuilder().Input("input_values", F, -1, -1).Output("last_hidden_state", F, -1, -1, 4), "input_values", null)
            .Floats("state", [1, 100, 4], new float[400]).Node("Add", "state nothing", "last_hidden_state").Save(folder.At("encoder.onnx"));
        var decoder = new OnnxBuilder();
        if (mask) decoder.Input("encoder_attention_mask", L, -1, -1);
        decoder.Input("input_ids", L, -1, -1).Input("encoder_hidden_states", F, -1, -1, 4);
        string[] states = ["decoder.key", "decoder.value", "encoder.key", "encoder.value"];
        foreach (var state in states) decoder.Input($"past_key_values.0.{state}", F, -1, 1, -1, 2);
        decoder.Input("use_cache_branch", OnnxType.Bool, 1).Output("logits", F, -1, -1, vocabulary);
        foreach (var state in states.Take(lastState ? 4 : 3)) decoder.Output($"present.0.{state}", F, -1, 1, -1, 2);

        // The next symbol follows from the last: 1 -> 3 -> 4 -> 5 -> end.
        decoder.Floats("table", [vocabulary, vocabulary], OneHot([2, 3, 2, 4, 5, 2, 2, 2], vocabulary)).Node("Gather", "table input_ids", "plain")
            .Node("ReduceMean", "encoder_hidden_states", "heard", ("keepdims", 0)).Node("Cast", "use_cache_branch", "flag", ("to", 1)).Floats("zero", [1], 0)
            .Node("Mul", "flag zero", "nothing").Node("Add", "plain heard", "more").Node("Add", "more nothing", "logits")
            .Floats("step", [1, 1, 1, 2], 0, 0).Floats("memory", [1, 1, 4, 2], new float[8]);
        foreach (var state in states)
        {
            if (state.StartsWith("decoder", StringComparison.Ordinal)) decoder.Node("Concat", $"past_key_values.0.{state} step", $"present.0.{state}", ("axis", 2));
            else decoder.Node("Identity", "memory", $"present.0.{state}");
        }

        decoder.Save(folder.At("merged_decoder.onnx"));
        return folder.Tokens(Base64("<unk>", "<s>", "</s>", " hi", " y", "o", "x", "z"));
    }

    private static string[] Base64(params string[] symbols) => [.. symbols.Select(symbol => Convert.ToBase64String(Encoding.UTF8.GetBytes(symbol)))];

    /// <summary>Ten for the chosen symbol of each frame, 0 for the others.</summary>
    private static float[] OneHot(int[] symbols, int size)
    {
        var values = new float[symbols.Length * size];
        for (var frame = 0; frame < symbols.Length; frame++) values[frame * size + symbols[frame]] = 10;
        return values;
    }

    /// <summary>Uses up the inputs: <c>nothing</c> and <c>no_length</c> are 0 whatever is heard.</summary>
    private static OnnxBuilder Constant(OnnxBuilder builder, string audio, string? length)
    {
        builder.Node("ReduceMean", audio, "mean", ("keepdims", 0)).Floats("zero", [], 0).Node("Mul", "mean zero", "nothing");
        return length is null ? builder : builder.Longs("zero_length", [1], 0).Node("Mul", $"{length} zero_length", "no_length");
    }

    private static ModelFolder Folder(string kind, params string[] files)
    {
        var entries = string.Join(", ", files.Append("tokens").Select(file => $"\"{file}\": \"{file}{(file == "tokens" ? ".txt" : ".onnx")}\""));
        return new ModelFolder().Manifest(
            $$"""{ "engine": "sherpa-onnx", "kind": "{{kind}}", "files": { {{entries}} }, "languages": ["en"], "licence": "none" }""");
    }

    private static ModelFolder Tokens(this ModelFolder folder, params string[] symbols)
    {
        File.WriteAllLines(folder.At("tokens.txt"), symbols.Select((symbol, id) => $"{symbol} {id}"));
        return folder;
    }
}
