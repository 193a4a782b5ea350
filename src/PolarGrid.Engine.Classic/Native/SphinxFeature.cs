using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Classic.Native;

/// <summary>The beginning of <c>feat_t</c> of <c>feat.h</c>, as far as <see cref="MeanNormalisation"/>. Only seen through pointers.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SphinxFeature
{
    public int References;
    public byte* Name;

    /// <summary>Values of one frame of the cepstrum.</summary>
    public int CepstrumSize;

    public int Streams;
    public uint* StreamLengths;
    public int WindowSize;
    public int Subvectors;
    public uint* SubvectorLengths;
    public nint SubvectorTable;
    public nint SubvectorBuffer;
    public int SubvectorSize;
    public int MeanNormalisationType;
    public int VarianceNormalisation;
    public int GainControlType;
    public nint Compute;

    /// <summary><c>cmn_t</c>.</summary>
    public nint MeanNormalisation;
}
