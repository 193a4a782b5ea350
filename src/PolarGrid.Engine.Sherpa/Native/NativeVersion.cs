using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Sherpa.Native;

/// <summary>The one version that the structs and imports here describe, and what the loaded library says of itself.</summary>
internal static unsafe partial class NativeVersion
{
    public const string Expected = "1.13.8";

    public static string Reported() => Marshal.PtrToStringUTF8((nint)SherpaVersion()) ?? "";

    public static string OnnxRuntime() => Marshal.PtrToStringUTF8((nint)OnnxRuntimeVersion()) ?? "";

    // Both strings belong to the library.
    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxGetVersionStr")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial byte* SherpaVersion();

    [LibraryImport(NativeNames.Sherpa, EntryPoint = "SherpaOnnxGetOnnxruntimeVersionStr")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial byte* OnnxRuntimeVersion();
}
