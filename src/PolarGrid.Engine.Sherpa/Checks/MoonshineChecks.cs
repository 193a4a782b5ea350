using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Engine.Sherpa.Onnx;

namespace PolarGrid.Engine.Sherpa.Checks;

/// <summary>Checks Moonshine models, of either layout, against what sherpa-onnx 1.13.8 reads from them (its <c>offline-moonshine-model*.cc</c>).</summary>
internal static class MoonshineChecks
{
    private const double Longest = 30;

    // A frame is 384 samples. Of a decoder with a mask the library fills no more of it than there are frames, of which exports look at every
    // 384th: from the second such place on the decoder fails, and the library gives an empty text (its issue 3975). 384 frames are 9.2 s.
    private const double LongestWithMask = 9;

    public static RecognizerFacts Check(ModelFiles files)
    {
        var encoder = files.Onnx("encoder");
        var merged = files.Has("merged_decoder");
        var decoder = merged ? Merged(files, encoder) : Separate(files, encoder);
        encoder.Outputs(1, 10, (OnnxType.Float, 3));
        decoder.Outputs(1, 1000, (OnnxType.Float, 3));
        var tokens = files.Tokens(TokenDialect.Words);
        if (merged) tokens.RequireBase64();
        if (decoder.Outputs[0].Last is >= 0 and var vocabulary && tokens.Size > vocabulary)
        {
            throw new ModelFault($"{tokens.Name} has {tokens.Size} symbols, but {decoder.File} gives {vocabulary}; the files do not belong together.");
        }

        return merged && TakesMask(decoder)
            ? new RecognizerFacts { MaxSeconds = LongestWithMask, LosesMore = true }
            : new RecognizerFacts { MaxSeconds = Longest };
    }

    /// <summary>One decoder for the first and for all further steps: perhaps a mask, tokens, what was heard, four states a layer, a flag.</summary>
    private static OnnxModel Merged(ModelFiles files, OnnxModel encoder)
    {
        encoder.Inputs(1, 2, (OnnxType.Float, 2));
        var decoder = files.Onnx("merged_decoder");
        decoder.Inputs(7, 500);
        var cache = decoder.Inputs.FirstOrDefault(input => input.Name.Contains("key_values", StringComparison.Ordinal));
        if (cache?.Shape is not [_, > 0, _, > 0])
        {
            throw new ModelFault($"{decoder.File} has no input key_values with four dimensions; is it the right file?");
        }

        var states = decoder.Inputs.Count - (TakesMask(decoder) ? 4 : 3);
        if (states % 4 != 0 || decoder.Outputs.Count - 1 < states)
        {
            throw new ModelFault($"{decoder.File} takes {states} states, but gives {decoder.Outputs.Count - 1}; there are four for each layer, and all are given back.");
        }

        return decoder;
    }

    private static OnnxModel Separate(ModelFiles files, OnnxModel encoder)
    {
        foreach (var key in (string[])["preprocessor", "uncached_decoder", "cached_decoder"])
        {
            files.Require(key, "a Moonshine model has it, or a merged_decoder");
        }

        files.Onnx("preprocessor").Inputs(1, 1, (OnnxType.Float, 2));
        encoder.Inputs(2, 2, (OnnxType.Float, 3), (OnnxType.Int32, 1));
        var decoder = files.Onnx("uncached_decoder");
        decoder.Inputs(3, 3, (OnnxType.Int32, 2), (OnnxType.Float, 3), (OnnxType.Int32, 1));
        var cached = files.Onnx("cached_decoder");
        cached.Inputs(4, 1000, (OnnxType.Int32, 2), (OnnxType.Float, 3), (OnnxType.Int32, 1));
        return cached.Inputs.Count - 3 == decoder.Outputs.Count - 1
            ? decoder
            : throw new ModelFault($"{cached.File} takes {cached.Inputs.Count - 3} states, but {decoder.File} gives {decoder.Outputs.Count - 1}; the files do not belong together.");
    }

    private static bool TakesMask(OnnxModel decoder) =>
        decoder.Inputs.Any(input => input.Name.Contains("encoder_attention_mask", StringComparison.Ordinal));
}
