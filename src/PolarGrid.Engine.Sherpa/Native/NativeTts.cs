using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Sherpa.Native;

/// <summary>Voice models.</summary>
internal static unsafe partial class NativeTts
{
    /// <returns>Invalid when the library refused the config; on a bad model file it may end the process instead.</returns>
    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxCreateOfflineTts")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial TtsHandle Create(TtsConfig* config);

    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxDestroyOfflineTts")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Destroy(nint tts);

    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxOfflineTtsSampleRate")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int SampleRate(TtsHandle tts);

    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxOfflineTtsNumSpeakers")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Speakers(TtsHandle tts);

    /// <param name="callback">Samples, their number, progress 0 to 1, <paramref name="argument"/>; 1 goes on, 0 stops. The samples are
    /// gone when it returns.</param>
    /// <returns>All samples once more; invalid when there are none.</returns>
    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxOfflineTtsGenerateWithConfig")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial GeneratedAudioHandle Generate(
        TtsHandle tts, byte* text, GenerationConfig* config, delegate* unmanaged[Cdecl]<float*, int, float, void*, int> callback, void* argument);

    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxDestroyOfflineTtsGeneratedAudio")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyAudio(nint audio);
}
