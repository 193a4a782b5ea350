using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Engine.Sherpa.Onnx;

namespace PolarGrid.Engine.Sherpa.Checks;

/// <summary>
/// Checks voice models against what sherpa-onnx 1.13.8 reads from them (its <c>offline-tts-*-model.cc</c> and front ends): each of these,
/// when absent or wrong, makes it end the process at the load or at the first sentence.
/// </summary>
internal static class VoiceChecks
{
    private const int MostSpeakers = 100_000;

    public static VoiceFacts Vits(ModelFiles files)
    {
        var model = files.Onnx("model");
        var rate = SampleRate(model);
        var speakers = Math.Max(1, model.Number("n_speakers", 0, MostSpeakers));
        model.Text("language");
        var comment = model.Text("comment");
        model.Outputs(1, 100, (OnnxType.Float, Expect.Any));
        foreach (var key in (string[])["add_blank", "speaker_id", "version", "num_emotions", "jieba", "blank_id", "bos_id", "eos_id", "use_eos_bos", "pad_id", "has_g2pw"])
        {
            model.Number(key, 0, int.MaxValue, 0);
        }

        var melo = comment.Contains("melo", StringComparison.Ordinal);
        if (comment.Contains("piper", StringComparison.Ordinal) || comment.Contains("coqui", StringComparison.Ordinal))
        {
            model.Inputs(3, 5, (OnnxType.Int64, 2), (OnnxType.Int64, 1), (OnnxType.Float, 1));
            model.Size(model.Inputs[2], 3, "Piper's layout has there");
            model.Named(3, "sid");
            model.Named(4, "langid");
        }
        else if (melo)
        {
            model.Inputs(7, 7, (OnnxType.Int64, 2), (OnnxType.Int64, 1), (OnnxType.Int64, 2), (OnnxType.Int64, 1), (OnnxType.Float, 1));
            if (model.Number("version", 0, int.MaxValue, 0) < 2) throw new ModelFault($"{model.File}: it is a MeloTTS model of an old version; export it again.");
        }
        else if (comment.Contains("Inflect", StringComparison.Ordinal))
        {
            model.Inputs(4, 4, (OnnxType.Int64, 2), (OnnxType.Int64, 1), (OnnxType.Float, 1), (OnnxType.Float, 1));
        }
        else
        {
            model.Inputs(5, 7, (OnnxType.Int64, 2), (OnnxType.Int64, 1), (OnnxType.Float, 1), (OnnxType.Float, 1), (OnnxType.Float, 1));
            model.Named(5, "sid", "speaker");
            model.Named(6, "emotion_id", "emotion");
            if (model.Inputs.Count == 7) model.Number("num_emotions", 1, 10_000);
        }

        return VitsFrontEnd(files, model, comment, melo) with { SampleRate = rate, Speakers = speakers };
    }

    public static VoiceFacts Kokoro(ModelFiles files)
    {
        var model = files.Onnx("model");
        var rate = SampleRate(model);
        var speakers = model.Number("n_speakers", 1, MostSpeakers);
        var version = model.Number("version", 0, 1000, 1);
        model.Number("has_espeak", 0, 1);
        model.Inputs(3, 3, (OnnxType.Int64, 2), (OnnxType.Float, 2), (OnnxType.Float, 1));
        model.Outputs(1, 10, (OnnxType.Float, Expect.Any));
        var style = model.Numbers("style_dim", 100_000);
        if (style is not [> 1, 1, > 0]) throw new ModelFault($"{model.File}: the metadata 'style_dim' is '{model.Text("style_dim")}'; it must be three numbers, the second 1.");
        model.Size(model.Inputs[1], style[2], "a voice's style has the size");

        var needed = (long)style[0] * style[2] * speakers * sizeof(float);
        var present = new FileInfo(files.Path("voices")).Length;
        if (present != needed)
        {
            throw new ModelFault($"{Path.GetFileName(files.Path("voices"))} has {present} bytes, but {speakers} voices need {needed}; the files do not belong together.");
        }

        files.RequireEspeak();
        var tokens = files.Tokens(TokenDialect.Phonemes);
        tokens.Require(" ", "which the library puts between words");
        if (version >= 2)
        {
            files.Require("lexicon", "a Kokoro model of several languages needs one");
            foreach (var mark in (string[])[";", ":", ",", ".", "!", "?", "—", "…", "\"", "(", ")", "“", "”"]) tokens.Require(mark, "which the library looks up");
        }

        return new VoiceFacts(rate, speakers, PicksLanguage: true);
    }

    public static VoiceFacts Matcha(ModelFiles files)
    {
        var model = files.Onnx("model");
        var rate = SampleRate(model);
        var speakers = Math.Max(1, model.Number("n_speakers", 0, MostSpeakers));
        model.Number("use_eos_bos", 0, 1);
        model.Number("pad_id", 0, int.MaxValue);
        model.Inputs(3, 5, (OnnxType.Int64, 2), (OnnxType.Int64, 1), (OnnxType.Float, 1));
        if (model.Inputs[2].Name == "scales")
        {
            model.Inputs(3, 3, (OnnxType.Int64, 2), (OnnxType.Int64, 1), (OnnxType.Float, 1));
        }
        else
        {
            model.Inputs(4, 5, (OnnxType.Int64, 2), (OnnxType.Int64, 1), (OnnxType.Float, 1), (OnnxType.Float, 1));
            model.Named(4, "sid");
        }

        model.Outputs(1, 10, (OnnxType.Float, Expect.Any));
        Vocoder(files.Onnx("vocoder"));
        var chinese = model.TextOrEmpty("voice") == "zh en-us";
        if (chinese || model.Number("jieba", 0, 1, 0) == 1)
        {
            files.Require("lexicon", "this model looks words up in one");
            if (chinese) files.RequireEspeak();
            var words = files.Tokens(TokenDialect.Words);
            if (chinese) words.Require(" ", "which the library puts between words");
        }
        else if (model.Number("has_espeak", 0, 1, 0) == 1)
        {
            files.RequireEspeak();
            var tokens = files.Tokens(TokenDialect.Phonemes);
            tokens.Require("^", "which begins a sentence");
            tokens.Require("$", "which ends a sentence");
        }
        else
        {
            throw new ModelFault($"{model.File}: the metadata has neither jieba=1 nor has_espeak=1, so that the library has no way to give it text.");
        }

        return new VoiceFacts(rate, speakers);
    }

    private static int SampleRate(OnnxModel model) => model.Number("sample_rate", 4000, 192_000);

    private static void Vocoder(OnnxModel vocoder)
    {
        vocoder.Inputs(1, 1, (OnnxType.Float, 3));
        switch (vocoder.Text("model_type"))
        {
            case "hifigan":
                vocoder.Outputs(1, 10, (OnnxType.Float, Expect.Any));
                break;
            case "vocos" or "matcha-tts vocos":
                vocoder.Outputs(3, 3, (OnnxType.Float, 3), (OnnxType.Float, 3), (OnnxType.Float, 3));
                break;
            case var other:
                throw new ModelFault($"{vocoder.File}: the metadata 'model_type' is '{other}'; a vocoder is hifigan, vocos or matcha-tts vocos.");
        }
    }

    /// <summary>The library's choice among its front ends, in its order, and what each of them looks up.</summary>
    private static VoiceFacts VitsFrontEnd(ModelFiles files, OnnxModel model, string comment, bool melo)
    {
        var jieba = model.Number("jieba", 0, 1, 0) == 1;
        if (model.TextOrEmpty("frontend") == "characters")
        {
            var characters = files.Tokens(TokenDialect.Characters);
            var plain = model.Number("add_blank", 0, 1, 0) == 0 && model.Number("use_eos_bos", 0, 1, 1) == 0;
            return new VoiceFacts(0, 0, Known(characters), DropsLoneTail: plain);
        }

        if (melo || jieba || model.Number("has_g2pw", 0, 1, 0) == 1)
        {
            files.Require("lexicon", "this model looks words up in one");
            files.Tokens(TokenDialect.Words);
            return new VoiceFacts(0, 0);
        }

        var spoken = Array.Find(["piper", "coqui", "icefall", "Inflect"], name => comment.Contains(name, StringComparison.Ordinal));
        if (spoken is not null && files.Has("data_dir"))
        {
            files.RequireEspeak();
            var tokens = files.Tokens(TokenDialect.Phonemes);
            if (spoken == "coqui") tokens.Require(",", "which the library puts at the end");
            else tokens.Require("_", "which stands between sounds");
            if (spoken is "piper" or "icefall")
            {
                tokens.Require("^", "which begins a sentence");
                tokens.Require("$", "which ends a sentence");
            }

            return new VoiceFacts(0, 0);
        }

        files.Require("lexicon", "this model is given words, which it looks up in one, unless it has a folder data_dir");
        var symbols = files.Tokens(TokenDialect.Words);
        var chinese = model.Text("language").Contains("hinese", StringComparison.Ordinal);
        foreach (var symbol in chinese ? (string[])["sil", "eos", "#0"] : [" "]) symbols.Require(symbol, "which the library looks up");
        return new VoiceFacts(0, 0);
    }

    /// <summary>Characters that reach the model: the library makes ASCII letters small before it looks.</summary>
    private static HashSet<int> Known(TokenFile tokens) =>
    [
        .. tokens.Ids.Keys.Where(symbol => symbol.EnumerateRunes().Count() == 1).Select(symbol => char.ConvertToUtf32(symbol, 0))
            .Where(character => character is < 'A' or > 'Z'),
    ];
}
