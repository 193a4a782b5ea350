using System.Runtime.InteropServices;
using PolarGrid.Engine.Sherpa.Checks;
using PolarGrid.Engine.Sherpa.Listening;
using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Engine.Sherpa.Native;
using PolarGrid.Engine.Sherpa.Speaking;
using Shouldly;
using Xunit;

namespace PolarGrid.Engine.Sherpa.Tests.Speaking;

/// <summary>What is written into the library's configs: each file in its field, and nothing in those of other families.</summary>
public sealed class ConfigTests
{
    private static readonly SherpaOptions Options = new() { Threads = 3 };

    [Fact]
    public void Vits()
    {
        using var text = new NativeText();
        var config = TtsConfigBuilder.Build(Voice(SherpaKind.Vits, "model", "tokens", "data_dir", "lexicon", "rule_fsts"), Options, text);
        var vits = config.Model.Vits;
        (Read(vits.Model), Read(vits.Tokens), Read(vits.DataFolder), Read(vits.Lexicon)).ShouldBe(("/m/model", "/m/tokens", "/m/data_dir", "/m/lexicon,/m/lexicon2"));
        (vits.NoiseScale, vits.NoiseScaleW, vits.LengthScale).ShouldBe((0.667f, 0.8f, 1f));
        (config.Model.Threads, Read(config.Model.Provider), config.MaxSentences, config.SilenceScale).ShouldBe((3, "cpu", 1, 1f));
        (Read(config.RuleFsts), Read(config.RuleFars)).ShouldBe(("/m/rule_fsts,/m/rule_fsts2", null));
        (config.Model.Kokoro.Model, config.Model.Matcha.AcousticModel, config.Model.Kitten.Model, config.Model.Pocket.LmMain).ShouldBe((0, 0, 0, 0));
    }

    [Fact]
    public void Kokoro()
    {
        using var text = new NativeText();
        var config = TtsConfigBuilder.Build(Voice(SherpaKind.Kokoro, "model", "voices", "tokens", "data_dir", "lexicon"), Options, text);
        var kokoro = config.Model.Kokoro;
        (Read(kokoro.Model), Read(kokoro.Voices), Read(kokoro.Tokens), Read(kokoro.DataFolder), Read(kokoro.Lexicon), kokoro.LengthScale)
            .ShouldBe(("/m/model", "/m/voices", "/m/tokens", "/m/data_dir", "/m/lexicon,/m/lexicon2", 1f));
        (kokoro.Language, kokoro.DictionaryFolder, config.Model.Vits.Model, config.Model.Matcha.AcousticModel).ShouldBe((0, 0, 0, 0));
    }

    [Fact]
    public void Matcha()
    {
        using var text = new NativeText();
        var config = TtsConfigBuilder.Build(Voice(SherpaKind.Matcha, "model", "vocoder", "tokens", "data_dir"), Options, text);
        var matcha = config.Model.Matcha;
        (Read(matcha.AcousticModel), Read(matcha.Vocoder), Read(matcha.Tokens), Read(matcha.DataFolder), Read(matcha.Lexicon), matcha.NoiseScale, matcha.LengthScale)
            .ShouldBe(("/m/model", "/m/vocoder", "/m/tokens", "/m/data_dir", null, 0.667f, 1f));
    }

    [Theory]
    [InlineData(null, false, "", "transcribe")]
    [InlineData("de", false, "de", "transcribe")]
    [InlineData("de", true, "de", "translate")]
    public void Whisper(string? language, bool translate, string expectedLanguage, string task)
    {
        using var text = new NativeText();
        var model = Recogniser(SherpaKind.Whisper, new RecognizerFacts { DetectsLanguage = true, GivesTimes = true, FeatureDimension = 128 }, "encoder", "decoder", "tokens");
        var config = RecognizerConfigBuilder.Build(model, Options, language, translate, text);
        var whisper = config.Model.Whisper;
        (Read(whisper.Encoder), Read(whisper.Decoder), Read(whisper.Language), Read(whisper.Task), whisper.TailPaddings, whisper.TokenTimestamps, whisper.SegmentTimestamps)
            .ShouldBe(("/m/encoder", "/m/decoder", expectedLanguage, task, -1, 1, 0));
        (Read(config.Model.Tokens), config.Features.SampleRate, config.Features.Dimension, Read(config.DecodingMethod)).ShouldBe(("/m/tokens", 16_000, 128, "greedy_search"));
        (config.Model.NemoCtc, config.Model.Transducer.Encoder, config.Model.Moonshine.Encoder, config.Model.ModelType).ShouldBe((0, 0, 0, 0));
    }

    [Fact]
    public void Moonshine_with_a_merged_decoder()
    {
        using var text = new NativeText();
        var config = RecognizerConfigBuilder.Build(Recogniser(SherpaKind.Moonshine, new RecognizerFacts(), "encoder", "merged_decoder", "tokens"), Options, null, false, text);
        var moonshine = config.Model.Moonshine;
        (Read(moonshine.Encoder), Read(moonshine.MergedDecoder), moonshine.Preprocessor, moonshine.CachedDecoder, moonshine.UncachedDecoder)
            .ShouldBe(("/m/encoder", "/m/merged_decoder", 0, 0, 0));
    }

    [Fact]
    public void Transducer()
    {
        using var text = new NativeText();
        var model = Recogniser(SherpaKind.Transducer, new RecognizerFacts { ModelType = "nemo_transducer" }, "encoder", "decoder", "joiner", "tokens");
        var config = RecognizerConfigBuilder.Build(model, Options, null, false, text);
        var transducer = config.Model.Transducer;
        (Read(transducer.Encoder), Read(transducer.Decoder), Read(transducer.Joiner), Read(config.Model.ModelType))
            .ShouldBe(("/m/encoder", "/m/decoder", "/m/joiner", "nemo_transducer"));
    }

    [Fact]
    public void A_text_that_native_code_would_cut_is_a_bug()
    {
        using var text = new NativeText();
        Should.Throw<ArgumentException>(() => text.Add("a\0b"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void Threads_out_of_range_never_reach_the_library(int threads) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new SherpaVoices(Voice(SherpaKind.Vits, "model", "tokens"), new SherpaOptions { Threads = threads }));

    private static string? Read(nint address) => Marshal.PtrToStringUTF8(address);

    private static SherpaModel Voice(SherpaKind kind, params string[] keys) => Model(kind, new VoiceFacts(22_050, 1), keys);

    private static SherpaModel Recogniser(SherpaKind kind, RecognizerFacts facts, params string[] keys) => Model(kind, facts, keys);

    private static SherpaModel Model(SherpaKind kind, ModelFacts facts, string[] keys)
    {
        var files = keys.ToDictionary(
            key => key, IReadOnlyList<string> (key) => KindRule.Lists.Contains(key) ? [$"/m/{key}", $"/m/{key}2"] : [$"/m/{key}"]);
        return new SherpaModel(files, facts)
        {
            Name = "m",
            Folder = "/m",
            Manifest = new SherpaManifest { Kind = kind, Files = files, Licence = "none", Languages = ["en"] },
        };
    }
}
