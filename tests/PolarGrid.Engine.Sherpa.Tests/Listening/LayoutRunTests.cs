using PolarGrid.Engine.Sherpa.Listening;
using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Engine.Speech;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Sherpa.Tests.Listening;

/// <summary>Every layout of recognisers is run by the library, with models that need no download.</summary>
public sealed class LayoutRunTests
{
    [Fact]
    public void A_zipformer_with_ctc_is_heard_with_times()
    {
        using var folder = TinyModels.ZipformerCtc();
        var piece = Hear(folder.Read());
        piece.Text.ShouldBe("hi yo");
        Times(piece).ShouldBe([("hi", 0, 0.08), ("yo", 0.12, 0.2)]);
    }

    [Fact]
    public void A_zipformer_transducer_is_heard_with_times()
    {
        using var folder = TinyModels.ZipformerTransducer();
        var piece = Hear(folder.Read());
        piece.Text.ShouldBe("hi yo");
        Times(piece).ShouldBe([("hi", 0, 0.08), ("yo", 0.12, 0.2)]);
    }

    [Fact]
    public void A_streaming_zipformer_is_refused_with_what_to_take_instead()
    {
        using var folder = TinyModels.ZipformerTransducer(chunk: 32);
        folder.Refusal().ShouldContain("encoder.onnx is a streaming model");
    }

    [Fact]
    public void A_nemo_transducer_is_heard_with_times()
    {
        using var folder = TinyModels.NemoTransducer();
        var piece = Hear(folder.Read());
        piece.Text.ShouldBe("hi yo");
        Times(piece).ShouldBe([("hi", 0, 0.16), ("yo", 0.24, 0.4)]);
    }

    [Fact]
    public void A_moonshine_is_heard()
    {
        using var folder = TinyModels.Moonshine();
        Hear(folder.Read()).Text.ShouldBe("hi yo");
    }

    [Fact]
    public void A_moonshine_with_a_merged_decoder_is_heard()
    {
        using var folder = TinyModels.MoonshineMerged();
        SherpaProbe.Run(folder.Read()).ShouldBeNull();
        Hear(folder.Read()).Text.ShouldBe("hi yo");
    }

    // Exports with a mask in the decoder fail inside it from the 385th frame on (9.2 s), and the library then says that nothing was heard
    // (https://github.com/k2-fsa/sherpa-onnx/issues/3975).
    [Fact]
    public void A_moonshine_whose_decoder_takes_a_mask_is_given_no_more_than_it_can_hear()
    {
        using var plain = TinyModels.MoonshineMerged();
        using var masked = TinyModels.MoonshineMerged(mask: true);
        new SherpaRecogniser(plain.Read(), new SherpaOptions()).Description.MaxUtteranceSeconds.ShouldBe(30);
        new SherpaRecogniser(masked.Read(), new SherpaOptions()).Description.MaxUtteranceSeconds.ShouldBe(9);
        Hear(masked.Read()).Text.ShouldBe("hi yo");
    }

    [Fact]
    public void A_manifest_cannot_give_a_moonshine_more_than_it_can_hear()
    {
        using var masked = TinyModels.MoonshineMerged(mask: true);
        masked.Manifest(manifest => manifest["max_utterance_seconds"] = 20).Refusal().ShouldContain("'max_utterance_seconds' is 20, but this model hears at most 9 seconds at once");
    }

    // The library would read past the end of what the decoder gave.
    [Fact]
    public void A_merged_decoder_that_does_not_give_back_all_of_its_states_is_refused()
    {
        using var folder = TinyModels.MoonshineMerged(lastState: false);
        folder.Refusal().ShouldContain("takes 4 states, but gives 3");
    }

    [Theory]
    [InlineData("hi!x")]
    [InlineData("YWJjZ")]
    [InlineData("_abc")]
    public void Symbols_that_are_not_base64_never_reach_the_library(string symbol)
    {
        foreach (var make in (Func<ModelFolder>[])[() => TinyModels.Whisper(), () => TinyModels.MoonshineMerged()])
        {
            using var folder = make();
            var lines = File.ReadAllLines(folder.At("tokens.txt"));
            lines[3] = $"{symbol} 3";
            File.WriteAllLines(folder.At("tokens.txt"), lines);
            folder.Refusal().ShouldContain($"the symbol '{symbol}' is not base64");
        }
    }

    [Fact]
    public void A_whisper_tells_the_language_that_it_found()
    {
        using var folder = TinyModels.Whisper();
        var model = folder.Read();
        var piece = Hear(model);
        piece.Text.ShouldBe("hi yo");
        piece.Language.ShouldBe("de");
        var description = new SherpaRecogniser(model, new SherpaOptions()).Description;
        description.Languages.ShouldBe(["en", "de"]);
        description.DetectsLanguage.ShouldBeTrue();
        description.Translates.ShouldBeTrue();
        description.MaxUtteranceSeconds.ShouldBe(29);
    }

    [Fact]
    public void A_whisper_takes_language_and_task_anew_for_each_utterance()
    {
        using var folder = TinyModels.Whisper();
        using var engine = new SherpaRecogniser(folder.Read(), new SherpaOptions()).Create();
        Hear(engine, new TranscriptionSettings("de")).Text.ShouldBe("hi yo");
        Hear(engine, new TranscriptionSettings("en")).ShouldSatisfyAllConditions(piece => piece.Text.ShouldBe("E yo"), piece => piece.Language.ShouldBe("en"));
        Hear(engine, new TranscriptionSettings("de", Translate: true)).Text.ShouldBe("T yo");
        Hear(engine, new TranscriptionSettings()).ShouldSatisfyAllConditions(piece => piece.Text.ShouldBe("hi yo"), piece => piece.Language.ShouldBe("de"));
    }

    [Fact]
    public void A_whisper_of_one_language_neither_detects_nor_translates()
    {
        using var folder = TinyModels.Whisper(multilingual: false);
        using var engine = new SherpaRecogniser(folder.Read(), new SherpaOptions()).Create();
        engine.Model.Translates.ShouldBeFalse();
        engine.Model.DetectsLanguage.ShouldBeFalse();
        Hear(engine, new TranscriptionSettings()).Text.ShouldBe("hi yo");
        Hear(engine, new TranscriptionSettings(Translate: true)).Error.ShouldNotBeNull().Code.ShouldBe(SpeechErrorCode.InvalidSetting);
    }

    // In the library an unknown language is the end of the process.
    [Fact]
    public void A_language_that_a_whisper_does_not_know_never_reaches_the_library()
    {
        using var folder = TinyModels.Whisper();
        using var engine = new SherpaRecogniser(folder.Read(), new SherpaOptions()).Create();
        var error = Hear(engine, new TranscriptionSettings("xx")).Error.ShouldNotBeNull();
        error.Code.ShouldBe(SpeechErrorCode.InvalidSetting);
        error.Message.ShouldContain("'xx' is not one of");
        error.Message.ShouldContain("en, de");
        Hear(engine, new TranscriptionSettings("de")).Text.ShouldBe("hi yo");
    }

    [Fact]
    public void Every_layout_passes_its_probe()
    {
        foreach (var make in (Func<ModelFolder>[])
            [TinyModels.ZipformerCtc, () => TinyModels.ZipformerTransducer(), TinyModels.NemoTransducer, TinyModels.Moonshine, () => TinyModels.Whisper()])
        {
            using var folder = make();
            SherpaProbe.Run(folder.Read()).ShouldBeNull();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(159)]
    [InlineData(1600)]
    [InlineData(16_000 * 20)]
    public void Audio_of_any_length_is_heard(int samples)
    {
        foreach (var make in (Func<ModelFolder>[])
            [TinyModels.ZipformerCtc, () => TinyModels.ZipformerTransducer(), TinyModels.NemoTransducer, TinyModels.Moonshine, () => TinyModels.Whisper()])
        {
            using var folder = make();
            using var engine = new SherpaRecogniser(folder.Read(), new SherpaOptions()).Create();
            using var utterance = engine.Begin(new TranscriptionSettings());
            utterance.Accept(new float[samples]);
            utterance.Finish().Error.ShouldBeNull();
        }
    }

    private static TranscribedPiece Hear(SherpaModel model)
    {
        using var engine = new SherpaRecogniser(model, new SherpaOptions()).Create();
        var piece = Hear(engine, new TranscriptionSettings());
        piece.Error.ShouldBeNull();
        return piece;
    }

    private static TranscribedPiece Hear(ITranscriber engine, TranscriptionSettings settings)
    {
        using var utterance = engine.Begin(settings);
        utterance.Accept(Hum());
        return utterance.Finish();
    }

    /// <summary>A second of sound: where all is silent, the library does not ask a merged Moonshine.</summary>
    private static float[] Hum() => [.. Enumerable.Range(0, 16_000).Select(i => 0.1f * MathF.Sin(i * 0.1f))];

    private static List<(string, double, double)> Times(TranscribedPiece piece) =>
        [.. piece.Words.Select(word => (word.Text, Math.Round(word.Start, 3), Math.Round(word.End, 3)))];
}
