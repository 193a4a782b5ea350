using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Classic.Native;

/// <summary><c>cst_wave</c> of <c>cst_wave.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CstWave
{
    public byte* Type;
    public int SampleRate;
    public int SampleCount;
    public int Channels;
    public short* Samples;
}
