using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary>A loaded model. Contexts and tokenizers hold a counted reference, so weights outlive all of them.</summary>
internal sealed class ModelHandle : SafeHandle
{
    public ModelHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeModel.Free(handle);
        return true;
    }
}
