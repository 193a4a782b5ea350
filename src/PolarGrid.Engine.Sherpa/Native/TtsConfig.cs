using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Sherpa.Native;

/// <summary><c>SherpaOnnxOfflineTtsConfig</c>, 1.13.8. Strings are addresses of zero-terminated UTF-8; 0 and 0.0 take the library's default.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TtsConfig
{
    public TtsModelConfig Model;
    public nint RuleFsts;

    /// <summary>Sentences that are computed before the callback is called.</summary>
    public int MaxSentences;
    public nint RuleFars;

    /// <summary>0.01 to 10.</summary>
    public float SilenceScale;
}

/// <summary><c>SherpaOnnxOfflineTtsModelConfig</c>: exactly one family is filled.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TtsModelConfig
{
    public VitsConfig Vits;
    public int Threads;
    public int Debug;
    public nint Provider;
    public MatchaConfig Matcha;
    public KokoroConfig Kokoro;
    public KittenConfig Kitten;
    public ZipvoiceConfig Zipvoice;
    public PocketConfig Pocket;
    public SupertonicConfig Supertonic;
}

/// <summary><c>SherpaOnnxOfflineTtsVitsModelConfig</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct VitsConfig
{
    public nint Model;
    public nint Lexicon;
    public nint Tokens;
    public nint DataFolder;
    public float NoiseScale;
    public float NoiseScaleW;
    public float LengthScale;
    public nint DictionaryFolder;
}

/// <summary><c>SherpaOnnxOfflineTtsMatchaModelConfig</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MatchaConfig
{
    public nint AcousticModel;
    public nint Vocoder;
    public nint Lexicon;
    public nint Tokens;
    public nint DataFolder;
    public float NoiseScale;
    public float LengthScale;
    public nint DictionaryFolder;
}

/// <summary><c>SherpaOnnxOfflineTtsKokoroModelConfig</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KokoroConfig
{
    public nint Model;
    public nint Voices;
    public nint Tokens;
    public nint DataFolder;
    public float LengthScale;
    public nint DictionaryFolder;
    public nint Lexicon;
    public nint Language;
}
