using PolarGrid.Engine.Sherpa.Checks;
using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Engine.Sherpa.Native;

namespace PolarGrid.Engine.Sherpa.Listening;

/// <summary>Writes a recogniser's files, and for Whisper what a caller asked for, into the library's config.</summary>
internal static class RecognizerConfigBuilder
{
    /// <summary>Samples per second of every recogniser that the library knows.</summary>
    public const int SampleRate = 16_000;

    /// <param name="language">For Whisper: one that the model knows, or null to find it out.</param>
    /// <param name="translate">For Whisper: write English.</param>
    /// <param name="text">Holds the strings; must live until the library has read the config.</param>
    public static RecognizerConfig Build(SherpaModel model, SherpaOptions options, string? language, bool translate, NativeText text)
    {
        if (model.Facts is not RecognizerFacts facts) throw new ArgumentException($"'{model.Name}' is no recogniser.", nameof(model));
        var config = new RecognizerConfig
        {
            Features = new FeatureConfig { SampleRate = SampleRate, Dimension = facts.FeatureDimension },
            DecodingMethod = text.Add("greedy_search"),
            RuleFsts = File("rule_fsts"),
            RuleFars = File("rule_fars"),
        };
        ref var target = ref config.Model;
        target.Tokens = File("tokens");
        target.Threads = options.CheckedThreads;
        target.Provider = text.Add("cpu");
        target.ModelType = text.Add(facts.ModelType);
        switch (model.Manifest.Kind)
        {
            case SherpaKind.Whisper:
                target.Whisper = new WhisperConfig
                {
                    Encoder = File("encoder"),
                    Decoder = File("decoder"),
                    Language = text.Add(facts.DetectsLanguage ? language ?? "" : ""),
                    Task = text.Add(translate ? "translate" : "transcribe"),
                    TailPaddings = -1,
                    TokenTimestamps = facts.GivesTimes ? 1 : 0,
                };
                break;
            case SherpaKind.Moonshine:
                target.Moonshine = new MoonshineConfig
                {
                    Preprocessor = File("preprocessor"),
                    Encoder = File("encoder"),
                    UncachedDecoder = File("uncached_decoder"),
                    CachedDecoder = File("cached_decoder"),
                    MergedDecoder = File("merged_decoder"),
                };
                break;
            case SherpaKind.NemoCtc:
                target.NemoCtc = File("model");
                break;
            case SherpaKind.Transducer:
                target.Transducer = new TransducerConfig { Encoder = File("encoder"), Decoder = File("decoder"), Joiner = File("joiner") };
                break;
            default:
                target.ZipformerCtc = File("model");
                break;
        }

        return config;

        nint File(string key) => text.Add(model.Files.TryGetValue(key, out var paths) ? string.Join(',', paths) : null);
    }
}
