using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Sherpa.Native;

/// <summary><c>SherpaOnnxVadModelConfig</c>, 1.13.8: one of the two models is filled.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct VadConfig
{
    public VadModelConfig Silero;
    public int SampleRate;
    public int Threads;
    public nint Provider;
    public int Debug;
    public VadModelConfig Ten;
}

/// <summary><c>SherpaOnnxSileroVadModelConfig</c>, which <c>SherpaOnnxTenVadModelConfig</c> equals. Durations in seconds, above 0.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct VadModelConfig
{
    public nint Model;

    /// <summary>0.01 to below 1.</summary>
    public float Threshold;
    public float MinSilence;
    public float MinSpeech;

    /// <summary>Samples; 512 for Silero at 16 kHz.</summary>
    public int Window;
    public float MaxSpeech;
}
