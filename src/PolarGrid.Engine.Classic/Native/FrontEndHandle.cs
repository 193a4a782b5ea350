using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Classic.Native;

/// <summary>Makes cepstra of samples.</summary>
internal sealed class FrontEndHandle : SafeHandle
{
    public FrontEndHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        _ = NativeSphinxbase.FreeFrontEnd(handle);
        return true;
    }
}
