using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Classic.Native;

/// <summary><c>cst_voice</c> of <c>cst_voice.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CstVoice
{
    public byte* Name;
    public nint Features;
    public nint FeatureFunctions;
    public nint InitUtterance;
}
