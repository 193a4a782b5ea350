using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Sherpa.Native;

/// <summary>Voice activity detection.</summary>
internal static unsafe partial class NativeVad
{
    /// <param name="bufferSeconds">Speech that it keeps before its buffer grows.</param>
    /// <returns>Invalid when the library refused the config; on a bad model file it may end the process instead.</returns>
    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxCreateVoiceActivityDetector")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial VadHandle Create(VadConfig* config, float bufferSeconds);

    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxDestroyVoiceActivityDetector")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Destroy(nint detector);

    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxVoiceActivityDetectorAcceptWaveform")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Accept(VadHandle detector, float* samples, int count);

    /// <returns>1 inside speech.</returns>
    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxVoiceActivityDetectorDetected")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Detected(VadHandle detector);

    /// <summary>Closes the stretch of speech that is open; the model's own state goes on.</summary>
    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxVoiceActivityDetectorFlush")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Flush(VadHandle detector);

    /// <summary>Drops the stretches that it collected.</summary>
    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxVoiceActivityDetectorClear")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Clear(VadHandle detector);

    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxVoiceActivityDetectorReset")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Reset(VadHandle detector);
}
