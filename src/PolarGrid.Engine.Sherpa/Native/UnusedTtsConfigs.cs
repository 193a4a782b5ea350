using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Sherpa.Native;

/// <summary><c>SherpaOnnxOfflineTtsKittenModelConfig</c>: only its room is needed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KittenConfig
{
    public nint Model;
    public nint Voices;
    public nint Tokens;
    public nint DataFolder;
    public float LengthScale;
}

/// <summary><c>SherpaOnnxOfflineTtsZipvoiceModelConfig</c>: only its room is needed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ZipvoiceConfig
{
    public nint Tokens;
    public nint Encoder;
    public nint Decoder;
    public nint Vocoder;
    public nint DataFolder;
    public nint Lexicon;
    public float FeatureScale;
    public float TimeShift;
    public float TargetRms;
    public float GuidanceScale;
}

/// <summary><c>SherpaOnnxOfflineTtsPocketModelConfig</c>: only its room is needed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PocketConfig
{
    public nint LmFlow;
    public nint LmMain;
    public nint Encoder;
    public nint Decoder;
    public nint TextConditioner;
    public nint Vocabulary;
    public nint TokenScores;
    public int VoiceCache;
}

/// <summary><c>SherpaOnnxOfflineTtsSupertonicModelConfig</c>: only its room is needed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SupertonicConfig
{
    public nint DurationPredictor;
    public nint TextEncoder;
    public nint VectorEstimator;
    public nint Vocoder;
    public nint Settings;
    public nint UnicodeIndexer;
    public nint VoiceStyle;
}
