using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Sherpa.Native;

/// <summary><c>SherpaOnnxOfflineRecognizerConfig</c>, 1.13.8. Strings are addresses of zero-terminated UTF-8; 0 takes the library's default.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RecognizerConfig
{
    public FeatureConfig Features;
    public RecognizerModelConfig Model;
    public LanguageModelConfig LanguageModel;
    public nint DecodingMethod;
    public int MaxActivePaths;
    public nint HotwordsFile;
    public float HotwordsScore;
    public nint RuleFsts;
    public nint RuleFars;
    public float BlankPenalty;
    public HomophoneConfig Homophones;
}

/// <summary><c>SherpaOnnxFeatureConfig</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FeatureConfig
{
    public int SampleRate;
    public int Dimension;
}

/// <summary><c>SherpaOnnxOfflineModelConfig</c>: exactly one family is filled. Families of a single file are one address.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RecognizerModelConfig
{
    public TransducerConfig Transducer;
    public nint Paraformer;
    public nint NemoCtc;
    public WhisperConfig Whisper;
    public nint Tdnn;
    public nint Tokens;
    public int Threads;
    public int Debug;
    public nint Provider;
    public nint ModelType;
    public nint ModelingUnit;
    public nint BpeVocabulary;
    public nint TelespeechCtc;
    public SenseVoiceConfig SenseVoice;
    public MoonshineConfig Moonshine;
    public FireRedAsrConfig FireRedAsr;
    public nint Dolphin;
    public nint ZipformerCtc;
    public CanaryConfig Canary;
    public nint WenetCtc;
    public nint Omnilingual;
    public nint MedAsr;
    public FunAsrNanoConfig FunAsrNano;
    public nint FireRedAsrCtc;
    public Qwen3AsrConfig Qwen3Asr;
    public CohereTranscribeConfig CohereTranscribe;
}

/// <summary><c>SherpaOnnxOfflineTransducerModelConfig</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TransducerConfig
{
    public nint Encoder;
    public nint Decoder;
    public nint Joiner;
}

/// <summary><c>SherpaOnnxOfflineWhisperModelConfig</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WhisperConfig
{
    public nint Encoder;
    public nint Decoder;

    /// <summary>A language that the model does not know ends the process.</summary>
    public nint Language;
    public nint Task;
    public int TailPaddings;
    public int TokenTimestamps;
    public int SegmentTimestamps;
}

/// <summary><c>SherpaOnnxOfflineMoonshineModelConfig</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MoonshineConfig
{
    public nint Preprocessor;
    public nint Encoder;
    public nint UncachedDecoder;
    public nint CachedDecoder;
    public nint MergedDecoder;
}
