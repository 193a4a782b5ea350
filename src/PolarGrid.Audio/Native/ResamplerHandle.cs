using System.Runtime.InteropServices;

namespace PolarGrid.Audio.Native;

/// <summary>A resampler with its filters and what it still holds of the signal.</summary>
internal sealed class ResamplerHandle : SafeHandle
{
    public ResamplerHandle(nint resampler)
        : base(0, ownsHandle: true) => SetHandle(resampler);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeResampler.Delete(handle);
        return true;
    }
}
