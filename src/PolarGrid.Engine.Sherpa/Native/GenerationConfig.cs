using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Sherpa.Native;

/// <summary><c>SherpaOnnxGenerationConfig</c>, 1.13.8.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GenerationConfig
{
    /// <summary>Length of pauses against what the model made; 1 leaves them alone, 0 is read as 0.2.</summary>
    public float SilenceScale;

    /// <summary>Above 0.</summary>
    public float Speed;
    public int Speaker;
    public nint ReferenceAudio;
    public int ReferenceSamples;
    public int ReferenceSampleRate;
    public nint ReferenceText;
    public int Steps;

    /// <summary>A JSON object of strings; 0 for none.</summary>
    public nint Extra;
}
