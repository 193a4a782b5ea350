using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Classic.Native;

/// <summary>One text on its way to a wave.</summary>
internal sealed class UtteranceHandle : SafeHandle
{
    public UtteranceHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The library deleted it itself, as it does with one that cannot be spoken.</summary>
    public void Forget() => SetHandleAsInvalid();

    protected override bool ReleaseHandle()
    {
        NativeFlite.DeleteUtterance(handle);
        return true;
    }
}
