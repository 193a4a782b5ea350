using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Classic.Native;

/// <summary><c>cst_utterance</c> of <c>cst_utterance.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CstUtterance
{
    public nint Features;
    public nint FeatureFunctions;
    public nint Relations;
    public nint Context;
}
