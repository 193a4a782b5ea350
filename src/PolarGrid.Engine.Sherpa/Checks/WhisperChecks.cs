using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Engine.Sherpa.Onnx;

namespace PolarGrid.Engine.Sherpa.Checks;

/// <summary>Checks Whisper models against what sherpa-onnx 1.13.8 reads from them (its <c>offline-whisper-model.cc</c>).</summary>
internal static class WhisperChecks
{
    // The library looks at 30 seconds less half a second and drops what is behind.
    private const double Window = 29;

    private const int MostTokens = 1_000_000;

    public static RecognizerFacts Check(ModelFiles files)
    {
        var encoder = files.Onnx("encoder");
        var mels = encoder.Number("n_mels", 1, 512);
        var layers = encoder.Number("n_text_layer", 1, 256);
        var context = encoder.Number("n_text_ctx", 8, 65_536);
        var state = encoder.Number("n_text_state", 1, 65_536);
        var vocabulary = encoder.Number("n_vocab", 2, MostTokens);
        foreach (var key in (string[])["sot", "eot", "blank_id", "translate", "transcribe", "no_timestamps", "no_speech"])
        {
            encoder.Number(key, 0, vocabulary - 1);
        }

        var multilingual = encoder.Number("is_multilingual", 0, 1) == 1;
        var start = encoder.Numbers("sot_sequence", vocabulary - 1);
        if (start.Length < (multilingual ? 3 : 1)) throw new ModelFault($"{encoder.File}: the metadata 'sot_sequence' has {start.Length} numbers, which are too few.");
        var languages = multilingual ? Languages(encoder, vocabulary) : ["en"];
        encoder.Inputs(1, 1, (OnnxType.Float, 3));
        if (encoder.Inputs[0].Shape is { Count: 3 } shape && shape[1] >= 0 && shape[1] != mels)
        {
            throw new ModelFault($"{encoder.File}: {encoder.Inputs[0]} should have {mels} bands, as its metadata says.");
        }

        encoder.Outputs(2, 10, (OnnxType.Float, 4), (OnnxType.Float, 4));
        var decoder = Decoder(files, layers, context, state, vocabulary);
        files.Tokens(TokenDialect.Words).RequireBase64();
        return new RecognizerFacts
        {
            Languages = languages,
            DetectsLanguage = multilingual,
            Translates = multilingual,
            GivesTimes = decoder.Outputs.Count >= 4 && encoder.Number("n_alignment_heads", 0, 4096, 0) > 0,
            MaxSeconds = Window,
            LosesMore = true,
            TokenSeconds = 0.02,
            FeatureDimension = mels,
        };
    }

    private static string[] Languages(OnnxModel encoder, int vocabulary)
    {
        var numbers = encoder.Numbers("all_language_tokens", vocabulary - 1);
        var codes = encoder.Text("all_language_codes").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return numbers.Length == codes.Length && codes.Length > 0
            ? codes
            : throw new ModelFault($"{encoder.File}: the metadata names {codes.Length} languages, but {numbers.Length} tokens for them.");
    }

    private static OnnxModel Decoder(ModelFiles files, int layers, int context, int state, int vocabulary)
    {
        var decoder = files.Onnx("decoder");
        decoder.Inputs(
            6, 6, (OnnxType.Int64, 2), (OnnxType.Float, 4), (OnnxType.Float, 4), (OnnxType.Float, 4), (OnnxType.Float, 4), (OnnxType.Int64, 1));
        decoder.Outputs(3, 10, (OnnxType.Float, 3), (OnnxType.Float, 4), (OnnxType.Float, 4));
        long[] cache = [layers, -1, context, state];
        if (decoder.Inputs[1].Shape is { Count: 4 } shape && shape.Where((size, i) => size >= 0 && cache[i] >= 0 && size != cache[i]).Any())
        {
            throw new ModelFault($"{decoder.File}: {decoder.Inputs[1]} should be [{layers}, ?, {context}, {state}] as the encoder says; the files do not belong together.");
        }

        decoder.Size(decoder.Outputs[0], vocabulary, "the encoder says that the vocabulary has");
        return decoder;
    }
}
