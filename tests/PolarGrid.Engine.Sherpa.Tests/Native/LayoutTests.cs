using PolarGrid.Engine.Sherpa.Native;
using PolarGrid.Testing;
using Xunit;

namespace PolarGrid.Engine.Sherpa.Tests.Native;

/// <summary>
/// Pins every struct that crosses the border. The numbers were printed by a C program of <c>sizeof</c> and <c>offsetof</c> lines, compiled
/// by gcc for x86-64 against <c>c-api.h</c>; arm64 Linux has the same rules. The header is the one whose functions are exactly those that
/// library 1.13.8 exports, and library 1.13.8, asked to print configs filled with their own offsets, printed each field where it is pinned
/// here. For a new version do both again, never from these structs.
/// </summary>
public sealed class LayoutTests
{
    [Fact]
    public void Tts_config() => NativeLayout.Check<TtsConfig>(
        448,
        ("Model", 0), ("RuleFsts", 416), ("MaxSentences", 424), ("RuleFars", 432), ("SilenceScale", 440));

    [Fact]
    public void Tts_model_config() => NativeLayout.Check<TtsModelConfig>(
        416,
        ("Vits", 0), ("Threads", 56), ("Debug", 60), ("Provider", 64), ("Matcha", 72), ("Kokoro", 128), ("Kitten", 192),
        ("Zipvoice", 232), ("Pocket", 296), ("Supertonic", 360));

    [Fact]
    public void Vits_config() => NativeLayout.Check<VitsConfig>(
        56,
        ("Model", 0), ("Lexicon", 8), ("Tokens", 16), ("DataFolder", 24), ("NoiseScale", 32), ("NoiseScaleW", 36),
        ("LengthScale", 40), ("DictionaryFolder", 48));

    [Fact]
    public void Matcha_config() => NativeLayout.Check<MatchaConfig>(
        56,
        ("AcousticModel", 0), ("Vocoder", 8), ("Lexicon", 16), ("Tokens", 24), ("DataFolder", 32), ("NoiseScale", 40),
        ("LengthScale", 44), ("DictionaryFolder", 48));

    [Fact]
    public void Kokoro_config() => NativeLayout.Check<KokoroConfig>(
        64,
        ("Model", 0), ("Voices", 8), ("Tokens", 16), ("DataFolder", 24), ("LengthScale", 32), ("DictionaryFolder", 40),
        ("Lexicon", 48), ("Language", 56));

    [Fact]
    public void Kitten_config() => NativeLayout.Check<KittenConfig>(
        40,
        ("Model", 0), ("Voices", 8), ("Tokens", 16), ("DataFolder", 24), ("LengthScale", 32));

    [Fact]
    public void Zipvoice_config() => NativeLayout.Check<ZipvoiceConfig>(
        64,
        ("Tokens", 0), ("Encoder", 8), ("Decoder", 16), ("Vocoder", 24), ("DataFolder", 32), ("Lexicon", 40),
        ("FeatureScale", 48), ("TimeShift", 52), ("TargetRms", 56), ("GuidanceScale", 60));

    [Fact]
    public void Pocket_config() => NativeLayout.Check<PocketConfig>(
        64,
        ("LmFlow", 0), ("LmMain", 8), ("Encoder", 16), ("Decoder", 24), ("TextConditioner", 32), ("Vocabulary", 40),
        ("TokenScores", 48), ("VoiceCache", 56));

    [Fact]
    public void Supertonic_config() => NativeLayout.Check<SupertonicConfig>(
        56,
        ("DurationPredictor", 0), ("TextEncoder", 8), ("VectorEstimator", 16), ("Vocoder", 24), ("Settings", 32),
        ("UnicodeIndexer", 40), ("VoiceStyle", 48));

    [Fact]
    public void Generation_config() => NativeLayout.Check<GenerationConfig>(
        56,
        ("SilenceScale", 0), ("Speed", 4), ("Speaker", 8), ("ReferenceAudio", 16), ("ReferenceSamples", 24),
        ("ReferenceSampleRate", 28), ("ReferenceText", 32), ("Steps", 40), ("Extra", 48));

    [Fact]
    public void Recognizer_config() => NativeLayout.Check<RecognizerConfig>(
        608,
        ("Features", 0), ("Model", 8), ("LanguageModel", 512), ("DecodingMethod", 528), ("MaxActivePaths", 536),
        ("HotwordsFile", 544), ("HotwordsScore", 552), ("RuleFsts", 560), ("RuleFars", 568), ("BlankPenalty", 576),
        ("Homophones", 584));

    [Fact]
    public void Feature_config() => NativeLayout.Check<FeatureConfig>(
        8,
        ("SampleRate", 0), ("Dimension", 4));

    [Fact]
    public void Recognizer_model_config() => NativeLayout.Check<RecognizerModelConfig>(
        504,
        ("Transducer", 0), ("Paraformer", 24), ("NemoCtc", 32), ("Whisper", 40), ("Tdnn", 88), ("Tokens", 96), ("Threads", 104),
        ("Debug", 108), ("Provider", 112), ("ModelType", 120), ("ModelingUnit", 128), ("BpeVocabulary", 136),
        ("TelespeechCtc", 144), ("SenseVoice", 152), ("Moonshine", 176), ("FireRedAsr", 216), ("Dolphin", 232),
        ("ZipformerCtc", 240), ("Canary", 248), ("WenetCtc", 288), ("Omnilingual", 296), ("MedAsr", 304), ("FunAsrNano", 312),
        ("FireRedAsrCtc", 400), ("Qwen3Asr", 408), ("CohereTranscribe", 472));

    [Fact]
    public void Transducer_config() => NativeLayout.Check<TransducerConfig>(
        24,
        ("Encoder", 0), ("Decoder", 8), ("Joiner", 16));

    [Fact]
    public void Whisper_config() => NativeLayout.Check<WhisperConfig>(
        48,
        ("Encoder", 0), ("Decoder", 8), ("Language", 16), ("Task", 24), ("TailPaddings", 32), ("TokenTimestamps", 36),
        ("SegmentTimestamps", 40));

    [Fact]
    public void Moonshine_config() => NativeLayout.Check<MoonshineConfig>(
        40,
        ("Preprocessor", 0), ("Encoder", 8), ("UncachedDecoder", 16), ("CachedDecoder", 24), ("MergedDecoder", 32));

    [Fact]
    public void Language_model_config() => NativeLayout.Check<LanguageModelConfig>(
        16,
        ("Model", 0), ("Scale", 8));

    [Fact]
    public void Homophone_config() => NativeLayout.Check<HomophoneConfig>(
        24,
        ("DictionaryFolder", 0), ("Lexicon", 8), ("RuleFsts", 16));

    [Fact]
    public void Sense_voice_config() => NativeLayout.Check<SenseVoiceConfig>(
        24,
        ("Model", 0), ("Language", 8), ("UseItn", 16));

    [Fact]
    public void Fire_red_asr_config() => NativeLayout.Check<FireRedAsrConfig>(
        16,
        ("Encoder", 0), ("Decoder", 8));

    [Fact]
    public void Canary_config() => NativeLayout.Check<CanaryConfig>(
        40,
        ("Encoder", 0), ("Decoder", 8), ("SourceLanguage", 16), ("TargetLanguage", 24), ("Punctuate", 32));

    [Fact]
    public void Fun_asr_nano_config() => NativeLayout.Check<FunAsrNanoConfig>(
        88,
        ("EncoderAdaptor", 0), ("Llm", 8), ("Embedding", 16), ("Tokenizer", 24), ("SystemPrompt", 32), ("UserPrompt", 40),
        ("MaxNewTokens", 48), ("Temperature", 52), ("TopP", 56), ("Seed", 60), ("Language", 64), ("Itn", 72), ("Hotwords", 80));

    [Fact]
    public void Qwen3_asr_config() => NativeLayout.Check<Qwen3AsrConfig>(
        64,
        ("ConvFrontend", 0), ("Encoder", 8), ("Decoder", 16), ("Tokenizer", 24), ("MaxTotalLength", 32), ("MaxNewTokens", 36),
        ("Temperature", 40), ("TopP", 44), ("Seed", 48), ("Hotwords", 56));

    [Fact]
    public void Cohere_transcribe_config() => NativeLayout.Check<CohereTranscribeConfig>(
        32,
        ("Encoder", 0), ("Decoder", 8), ("Language", 16), ("Punctuate", 24), ("UseItn", 28));

    [Fact]
    public void Recognizer_result() => NativeLayout.Check<RecognizerResult>(
        128,
        ("Text", 0), ("Timestamps", 8), ("Count", 16), ("Tokens", 24), ("TokenArray", 32), ("Json", 40), ("Language", 48),
        ("Emotion", 56), ("Event", 64), ("Durations", 72), ("LogProbabilities", 80), ("SegmentTimestamps", 88),
        ("SegmentDurations", 96), ("SegmentTexts", 104), ("SegmentTextArray", 112), ("SegmentCount", 120));

    [Fact]
    public void Vad_config() => NativeLayout.Check<VadConfig>(
        88,
        ("Silero", 0), ("SampleRate", 32), ("Threads", 36), ("Provider", 40), ("Debug", 48), ("Ten", 56));

    [Fact]
    public void Vad_model_config() => NativeLayout.Check<VadModelConfig>(
        32,
        ("Model", 0), ("Threshold", 8), ("MinSilence", 12), ("MinSpeech", 16), ("Window", 20), ("MaxSpeech", 24));

    [Fact]
    public void Every_struct_of_the_border_is_pinned_here() =>
        NativeLayout.EveryStructIsPinned<TtsConfig>(typeof(LayoutTests));
}
