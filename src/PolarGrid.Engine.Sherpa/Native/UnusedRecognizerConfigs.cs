using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Sherpa.Native;

/// <summary><c>SherpaOnnxOfflineLMConfig</c>: only its room is needed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LanguageModelConfig
{
    public nint Model;
    public float Scale;
}

/// <summary><c>SherpaOnnxHomophoneReplacerConfig</c>: only its room is needed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct HomophoneConfig
{
    public nint DictionaryFolder;
    public nint Lexicon;
    public nint RuleFsts;
}

/// <summary><c>SherpaOnnxOfflineSenseVoiceModelConfig</c>: only its room is needed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SenseVoiceConfig
{
    public nint Model;
    public nint Language;
    public int UseItn;
}

/// <summary><c>SherpaOnnxOfflineFireRedAsrModelConfig</c>: only its room is needed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FireRedAsrConfig
{
    public nint Encoder;
    public nint Decoder;
}

/// <summary><c>SherpaOnnxOfflineCanaryModelConfig</c>: only its room is needed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CanaryConfig
{
    public nint Encoder;
    public nint Decoder;
    public nint SourceLanguage;
    public nint TargetLanguage;
    public int Punctuate;
}

/// <summary><c>SherpaOnnxOfflineFunASRNanoModelConfig</c>: only its room is needed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FunAsrNanoConfig
{
    public nint EncoderAdaptor;
    public nint Llm;
    public nint Embedding;
    public nint Tokenizer;
    public nint SystemPrompt;
    public nint UserPrompt;
    public int MaxNewTokens;
    public float Temperature;
    public float TopP;
    public int Seed;
    public nint Language;
    public int Itn;
    public nint Hotwords;
}

/// <summary><c>SherpaOnnxOfflineQwen3ASRModelConfig</c>: only its room is needed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Qwen3AsrConfig
{
    public nint ConvFrontend;
    public nint Encoder;
    public nint Decoder;
    public nint Tokenizer;
    public int MaxTotalLength;
    public int MaxNewTokens;
    public float Temperature;
    public float TopP;
    public int Seed;
    public nint Hotwords;
}

/// <summary><c>SherpaOnnxOfflineCohereTranscribeModelConfig</c>: only its room is needed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CohereTranscribeConfig
{
    public nint Encoder;
    public nint Decoder;
    public nint Language;
    public int Punctuate;
    public int UseItn;
}
