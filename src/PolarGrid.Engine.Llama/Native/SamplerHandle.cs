using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary>A sampler chain with everything that was added to it.</summary>
internal sealed class SamplerHandle : SafeHandle
{
    public SamplerHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeSampling.Free(handle);
        return true;
    }
}
