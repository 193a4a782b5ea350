using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Sherpa.Native;

/// <summary>Recognisers that hear a whole utterance at once.</summary>
internal static unsafe partial class NativeRecognizer
{
    /// <returns>Invalid when the library refused the config; on a bad model file it may end the process instead.</returns>
    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxCreateOfflineRecognizer")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial RecognizerHandle Create(RecognizerConfig* config);

    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxDestroyOfflineRecognizer")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Destroy(nint recognizer);

    /// <summary>Takes over the part of a config that may change: for Whisper language, task and timestamps.</summary>
    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxOfflineRecognizerSetConfig")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void SetConfig(RecognizerHandle recognizer, RecognizerConfig* config);

    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxCreateOfflineStream")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial RecognizerStreamHandle CreateStream(RecognizerHandle recognizer);

    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxDestroyOfflineStream")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyStream(nint stream);

    /// <summary>Gives the whole utterance; once for a stream.</summary>
    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxAcceptWaveformOffline")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Accept(RecognizerStreamHandle stream, int sampleRate, float* samples, int count);

    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxDecodeOfflineStream")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Decode(RecognizerHandle recognizer, RecognizerStreamHandle stream);

    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxGetOfflineStreamResult")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial RecognizerResultHandle GetResult(RecognizerStreamHandle stream);

    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxDestroyOfflineRecognizerResult")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyResult(nint result);
}
