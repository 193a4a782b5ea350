namespace PolarGrid.Engine.Sherpa.Models;

/// <summary>What a kind is called in a manifest and which files belong to it.</summary>
internal sealed record KindRule(SherpaKind Kind, string Name, string[] Needed, string[] Optional)
{
    /// <summary>Keys whose value is a folder.</summary>
    public static readonly string[] Folders = ["data_dir"];

    /// <summary>Keys whose value may be a list; the library takes them as one text with commas.</summary>
    public static readonly string[] Lists = ["lexicon", "rule_fsts", "rule_fars"];

    public static readonly KindRule[] All =
    [
        new(SherpaKind.Vits, "vits", ["model", "tokens"], ["lexicon", "data_dir", "rule_fsts", "rule_fars"]),
        new(SherpaKind.Kokoro, "kokoro", ["model", "voices", "tokens", "data_dir"], ["lexicon", "rule_fsts", "rule_fars"]),
        new(SherpaKind.Matcha, "matcha", ["model", "vocoder", "tokens"], ["lexicon", "data_dir", "rule_fsts", "rule_fars"]),
        new(SherpaKind.Whisper, "whisper", ["encoder", "decoder", "tokens"], ["rule_fsts", "rule_fars"]),
        new(
            SherpaKind.Moonshine, "moonshine", ["encoder", "tokens"],
            ["preprocessor", "uncached_decoder", "cached_decoder", "merged_decoder", "rule_fsts", "rule_fars"]),
        new(SherpaKind.NemoCtc, "nemo-ctc", ["model", "tokens"], ["rule_fsts", "rule_fars"]),
        new(SherpaKind.Transducer, "transducer", ["encoder", "decoder", "joiner", "tokens"], ["rule_fsts", "rule_fars"]),
        new(SherpaKind.ZipformerCtc, "zipformer-ctc", ["model", "tokens"], ["rule_fsts", "rule_fars"]),
        new(SherpaKind.Vad, "vad", ["model"], []),
    ];

    public bool IsVoice => Kind is SherpaKind.Vits or SherpaKind.Kokoro or SherpaKind.Matcha;

    public bool IsRecogniser => !IsVoice && Kind != SherpaKind.Vad;

    public static KindRule Of(SherpaKind kind) => Array.Find(All, rule => rule.Kind == kind)!;
}
