using System.Runtime.InteropServices;

namespace PolarGrid.Audio.Native;

/// <summary>libsndfile 1.1 or later, as <c>sndfile.h</c> declares it.</summary>
internal static unsafe partial class NativeSoundFile
{
    [LibraryImport(NativeNames.SoundFile, EntryPoint = "sf_version_string")]
    public static partial byte* VersionString();

    /// <returns>0 when the file cannot be opened.</returns>
    [LibraryImport(NativeNames.SoundFile, EntryPoint = "sf_open_virtual")]
    public static partial nint OpenVirtual(VirtualIo* io, SoundFileMode mode, SoundFileInfo* info, nint user);

    [LibraryImport(NativeNames.SoundFile, EntryPoint = "sf_close")]
    public static partial int Close(nint file);

    /// <returns>0, or the number of what went wrong last.</returns>
    [LibraryImport(NativeNames.SoundFile, EntryPoint = "sf_error")]
    public static partial int Error(SoundFileHandle file);

    /// <returns>Frames read; fewer than asked at the end.</returns>
    [LibraryImport(NativeNames.SoundFile, EntryPoint = "sf_readf_float")]
    public static partial long ReadFloats(SoundFileHandle file, float* into, long frames);

    /// <returns>Frames written; fewer than asked after a failure.</returns>
    [LibraryImport(NativeNames.SoundFile, EntryPoint = "sf_writef_float")]
    public static partial long WriteFloats(SoundFileHandle file, float* from, long frames);

    [LibraryImport(NativeNames.SoundFile, EntryPoint = "sf_command")]
    public static partial int Command(SoundFileHandle file, SoundFileCommand command, void* data, int size);
}

/// <summary><c>SFM_READ</c> and <c>SFM_WRITE</c>.</summary>
internal enum SoundFileMode
{
    Read = 0x10,
    Write = 0x20,
}

/// <summary>The <c>SFC_</c> commands that are used here, with the type behind <c>data</c>.</summary>
internal enum SoundFileCommand
{
    /// <summary>No data; the size is 1 or 0.</summary>
    SetClipping = 0x10C0,

    /// <summary>double, 0 (largest file) to 1.</summary>
    SetCompressionLevel = 0x1301,

    /// <summary>double, milliseconds.</summary>
    SetOggPageLatency = 0x1302,

    /// <summary>int, 0 for constant.</summary>
    SetBitrateMode = 0x1305,
}
