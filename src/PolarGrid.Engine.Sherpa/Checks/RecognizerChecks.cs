using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Engine.Sherpa.Onnx;

namespace PolarGrid.Engine.Sherpa.Checks;

/// <summary>
/// Checks recognisers of the kinds CTC and transducer against what sherpa-onnx 1.13.8 reads from them (its <c>offline-*-model.cc</c> and <c>offline-recognizer-*-impl.h</c>):
/// each of these, when absent or wrong, makes it end the process at the load or at the first utterance.
/// </summary>
internal static class RecognizerChecks
{
    private static readonly string[] Blanks = ["<blk>", "<eps>", "<blank>"];

    public static RecognizerFacts NemoCtc(ModelFiles files)
    {
        var model = files.Onnx("model");
        model.Number("vocab_size", 1, 10_000_000);
        var step = model.Number("subsampling_factor", 1, 64);
        model.Inputs(2, 2, (OnnxType.Float, 3), (OnnxType.Int64, 1));
        model.Outputs(1, 10, (OnnxType.Float, 3));
        CtcTokens(files, model);
        var features = model.Inputs[0].Shape is { Count: 3 } shape && shape[1] > 0 ? (int)shape[1] : 80;
        if (features is < 8 or > 512) throw new ModelFault($"{model.File}: {model.Inputs[0]} takes frames of {features} numbers; 8 to 512 are known.");
        return new RecognizerFacts { GivesTimes = true, TokenSeconds = step * 0.01, FeatureDimension = features };
    }

    public static RecognizerFacts ZipformerCtc(ModelFiles files)
    {
        var model = files.Onnx("model");
        RefuseStreaming(model);
        model.Inputs(2, 2, (OnnxType.Float, 3), (OnnxType.Int64, 1));
        model.Outputs(1, 10, (OnnxType.Float, 3));
        if (model.Outputs[0].Shape is null) throw new ModelFault($"{model.File}: the shape of {model.Outputs[0]} is not given; the library reads it.");
        CtcTokens(files, model);
        return new RecognizerFacts { GivesTimes = true };
    }

    public static RecognizerFacts Transducer(ModelFiles files)
    {
        var encoder = files.Onnx("encoder");
        RefuseStreaming(encoder);
        return encoder.Text("model_type") switch
        {
            "conformer" or "zipformer" or "zipformer2" => IcefallTransducer(files, encoder),
            "EncDecHybridRNNTCTCBPEModel" or "EncDecRNNTBPEModel" => NemoTransducer(files, encoder),
            var other => throw new ModelFault(
                $"{encoder.File}: the metadata 'model_type' is '{other}'; a transducer is conformer, zipformer, zipformer2, EncDecRNNTBPEModel or EncDecHybridRNNTCTCBPEModel."),
        };
    }

    private static RecognizerFacts IcefallTransducer(ModelFiles files, OnnxModel encoder)
    {
        encoder.Inputs(2, 2, (OnnxType.Float, 3));
        Integers(encoder, encoder.Inputs[1]);
        encoder.Outputs(2, 10, (OnnxType.Float, 3));
        Integers(encoder, encoder.Outputs[1]);
        var decoder = files.Onnx("decoder");
        var vocabulary = decoder.Number("vocab_size", 2, 10_000_000);
        decoder.Number("context_size", 1, 16);
        decoder.Inputs(1, 1);
        Integers(decoder, decoder.Inputs[0]);
        var joiner = files.Onnx("joiner");
        joiner.Inputs(2, 2, (OnnxType.Float, 2), (OnnxType.Float, 2));
        joiner.Outputs(1, 10, (OnnxType.Float, 2));
        joiner.Size(joiner.Outputs[0], vocabulary, "the vocabulary has");
        Vocabulary(files.Tokens(TokenDialect.Words), vocabulary);
        return new RecognizerFacts { GivesTimes = true, ModelType = "transducer" };
    }

    private static RecognizerFacts NemoTransducer(ModelFiles files, OnnxModel encoder)
    {
        var vocabulary = encoder.Number("vocab_size", 1, 10_000_000) + 1;
        var step = encoder.Number("subsampling_factor", 1, 64);
        encoder.Number("pred_rnn_layers", 1, 64);
        encoder.Number("pred_hidden", 1, 65_536);
        encoder.Number("is_giga_am", 0, 1, 0);
        encoder.Number("feat_dim", 1, 512, 80);
        encoder.Inputs(2, 2, (OnnxType.Float, 3), (OnnxType.Int64, 1));
        encoder.Outputs(2, 10, (OnnxType.Float, 3));
        var decoder = files.Onnx("decoder");
        decoder.Inputs(4, 4, (OnnxType.Int32, 2), (OnnxType.Int32, 1), (OnnxType.Float, 3), (OnnxType.Float, 3));
        decoder.Outputs(4, 4);
        var joiner = files.Onnx("joiner");
        joiner.Inputs(2, 2, (OnnxType.Float, 3), (OnnxType.Float, 3));
        joiner.Outputs(1, 10, (OnnxType.Float, Expect.Any));
        var size = joiner.Outputs[0].Last;
        var durations = encoder.TextOrEmpty("url").Contains("tdt", StringComparison.Ordinal);
        if (durations ? size <= vocabulary : size != vocabulary)
        {
            throw new ModelFault(
                $"{joiner.File}: {joiner.Outputs[0]} should end in {(durations ? $"more than {vocabulary}" : $"{vocabulary}")}, the vocabulary of {encoder.File}; the files do not belong together.");
        }

        var tokens = files.Tokens(TokenDialect.Words);
        Vocabulary(tokens, vocabulary);
        tokens.Require("<blk>", "the blank");
        if (tokens.Ids["<blk>"] != vocabulary - 1) throw new ModelFault($"{tokens.Name}: <blk> has the number {tokens.Ids["<blk>"]}; it must be the last, {vocabulary - 1}.");
        return new RecognizerFacts { GivesTimes = true, TokenSeconds = step * 0.01, ModelType = "nemo_transducer" };
    }

    /// <summary>Refuses what hears chunk by chunk: it says how long those are, and takes dozens of states.</summary>
    private static void RefuseStreaming(OnnxModel model)
    {
        if (model.Metadata.ContainsKey("decode_chunk_len"))
        {
            throw new ModelFault($"{model.File} is a streaming model (its metadata has 'decode_chunk_len'), which is not run here; take the export of the same model that is not for streaming.");
        }
    }

    private static void CtcTokens(ModelFiles files, OnnxModel model)
    {
        var tokens = files.Tokens(TokenDialect.Words);
        if (!Blanks.Any(tokens.Ids.ContainsKey)) throw new ModelFault($"{tokens.Name} has none of the symbols {string.Join(", ", Blanks)}; one of them must be there, the blank.");
        tokens.RequireDense();
        model.Size(model.Outputs[0], tokens.Size, $"{tokens.Name} has");
    }

    private static void Vocabulary(TokenFile tokens, int vocabulary)
    {
        tokens.RequireDense();
        if (tokens.Size != vocabulary) throw new ModelFault($"{tokens.Name} has {tokens.Size} symbols, but the model has {vocabulary}; the files do not belong together.");
    }

    private static void Integers(OnnxModel model, OnnxValue value)
    {
        if (value.Type is not (OnnxType.Int32 or OnnxType.Int64)) throw new ModelFault($"{model.File}: {value} should be Int32 or Int64; is it the right file?");
    }
}
