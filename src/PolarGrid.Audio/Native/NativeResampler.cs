using System.Runtime.InteropServices;

namespace PolarGrid.Audio.Native;

/// <summary>libsoxr 0.1, as <c>soxr.h</c> declares it. Its specifications are left at their defaults (null): interleaved floats, high quality, one thread.</summary>
internal static unsafe partial class NativeResampler
{
    /// <returns>0 when it cannot be made.</returns>
    [LibraryImport(NativeNames.Resampler, EntryPoint = "soxr_create")]
    public static partial nint Create(
        double inputRate, double outputRate, uint channels, byte** error, void* inputOutput, void* quality, void* runtime);

    /// <param name="resampler">From <see cref="Create"/>.</param>
    /// <param name="input">Null says that no input follows.</param>
    /// <returns>Null, or a text that says what failed.</returns>
    [LibraryImport(NativeNames.Resampler, EntryPoint = "soxr_process")]
    public static partial byte* Process(
        ResamplerHandle resampler, float* input, nuint inputLength, nuint* inputDone, float* output, nuint outputLength, nuint* outputDone);

    [LibraryImport(NativeNames.Resampler, EntryPoint = "soxr_delete")]
    public static partial void Delete(nint resampler);
}
