using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Classic.Native;

/// <summary>A decoder with its model in memory.</summary>
internal sealed class DecoderHandle : SafeHandle
{
    public DecoderHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        _ = NativePocketsphinx.Free(handle);
        return true;
    }
}
