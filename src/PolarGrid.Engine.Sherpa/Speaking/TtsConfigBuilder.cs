using PolarGrid.Engine.Sherpa.Models;
using PolarGrid.Engine.Sherpa.Native;

namespace PolarGrid.Engine.Sherpa.Speaking;

/// <summary>Writes a voice model's files into the library's config.</summary>
internal static class TtsConfigBuilder
{
    // What VITS and Matcha are trained with, and the library's own defaults (offline-tts-vits-model-config.h).
    private const float NoiseScale = 0.667f;
    private const float NoiseScaleW = 0.8f;

    /// <param name="text">Holds the strings; must live until the library has read the config.</param>
    public static TtsConfig Build(SherpaModel model, SherpaOptions options, NativeText text)
    {
        var config = new TtsConfig
        {
            // One sentence is computed at a time, so that the first can be sent while the second is made, and a stop comes between them.
            MaxSentences = 1,
            SilenceScale = 1,
            RuleFsts = File("rule_fsts"),
            RuleFars = File("rule_fars"),
        };
        config.Model.Threads = options.CheckedThreads;
        config.Model.Provider = text.Add("cpu");
        switch (model.Manifest.Kind)
        {
            case SherpaKind.Vits:
                config.Model.Vits = new VitsConfig
                {
                    Model = File("model"),
                    Lexicon = File("lexicon"),
                    Tokens = File("tokens"),
                    DataFolder = File("data_dir"),
                    NoiseScale = NoiseScale,
                    NoiseScaleW = NoiseScaleW,
                    LengthScale = 1,
                };
                break;
            case SherpaKind.Kokoro:
                config.Model.Kokoro = new KokoroConfig
                {
                    Model = File("model"),
                    Voices = File("voices"),
                    Tokens = File("tokens"),
                    DataFolder = File("data_dir"),
                    Lexicon = File("lexicon"),
                    LengthScale = 1,
                };
                break;
            case SherpaKind.Matcha:
                config.Model.Matcha = new MatchaConfig
                {
                    AcousticModel = File("model"),
                    Vocoder = File("vocoder"),
                    Lexicon = File("lexicon"),
                    Tokens = File("tokens"),
                    DataFolder = File("data_dir"),
                    NoiseScale = NoiseScale,
                    LengthScale = 1,
                };
                break;
            default:
                throw new ArgumentException($"'{model.Name}' is no voice model.", nameof(model));
        }

        return config;

        nint File(string key) => text.Add(model.Files.TryGetValue(key, out var paths) ? string.Join(',', paths) : null);
    }
}
