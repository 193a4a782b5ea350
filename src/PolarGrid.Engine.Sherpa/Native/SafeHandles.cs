using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Sherpa.Native;

/// <summary>A loaded voice model.</summary>
internal sealed class TtsHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeTts.Destroy(handle);
        return true;
    }
}

/// <summary>A loaded recogniser.</summary>
internal sealed class RecognizerHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeRecognizer.Destroy(handle);
        return true;
    }
}

/// <summary>One utterance of a recogniser; holds nothing of it, so either may be freed first.</summary>
internal sealed class RecognizerStreamHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeRecognizer.DestroyStream(handle);
        return true;
    }
}

/// <summary>What a recogniser heard.</summary>
internal sealed unsafe class RecognizerResultHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    /// <summary>Valid until the handle is disposed.</summary>
    public RecognizerResult* Result => (RecognizerResult*)handle;

    protected override bool ReleaseHandle()
    {
        NativeRecognizer.DestroyResult(handle);
        return true;
    }
}

/// <summary>Audio that the library keeps for the caller after its callbacks.</summary>
internal sealed class GeneratedAudioHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeTts.DestroyAudio(handle);
        return true;
    }
}

/// <summary>A voice activity detector.</summary>
internal sealed class VadHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeVad.Destroy(handle);
        return true;
    }
}
