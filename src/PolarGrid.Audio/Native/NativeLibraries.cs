using System.Runtime.InteropServices;

namespace PolarGrid.Audio.Native;

/// <summary>Finds the system's libraries by the names of their binary interface, checks what we use of them, and answers every import.</summary>
internal static class NativeLibraries
{
    private static readonly Dictionary<string, nint> Loaded = Load();

    /// <summary>Null when the library can be used; otherwise which package brings it.</summary>
    public static unsafe AudioError? Check(string name)
    {
        var (package, symbol) = name == NativeNames.SoundFile ? ("libsndfile1", "sf_open_virtual") : ("libsoxr0", "soxr_process");
        if (!Loaded.TryGetValue(name, out var library) || !NativeLibrary.TryGetExport(library, symbol, out _))
        {
            return Missing($"The library lib{name} is not installed: install the package {package} (for Debian: apt install {package}).");
        }

        if (name != NativeNames.SoundFile) return null;
        var version = Marshal.PtrToStringUTF8((nint)NativeSoundFile.VersionString()) ?? "";
        return IsRecent(version)
            ? null
            : Missing($"The library libsndfile reports '{version}': version 1.1 or later is needed (package {package}), which reads and writes mp3.");
    }

    /// <summary>Whether a version text such as <c>libsndfile-1.2.0</c> is 1.1 or later: the first with MPEG.</summary>
    internal static bool IsRecent(string reported)
    {
        const string prefix = "libsndfile-";
        if (!reported.StartsWith(prefix, StringComparison.Ordinal)) return false;
        var number = reported.AsSpan(prefix.Length);
        var end = number.IndexOfAnyExceptInRange('.', '9');
        return Version.TryParse(end < 0 ? number : number[..end], out var version) && version >= new Version(1, 1);
    }

    private static AudioError Missing(string message) => new(AudioErrorCode.LibraryMissing, message);

    private static Dictionary<string, nint> Load()
    {
        var loaded = new Dictionary<string, nint>(StringComparer.Ordinal);
        foreach (var (name, abi) in ((string, int)[])[(NativeNames.SoundFile, 1), (NativeNames.Resampler, 0)])
        {
            foreach (var file in Files(name, abi))
            {
                if (!NativeLibrary.TryLoad(file, out var library)) continue;
                loaded[name] = library;
                break;
            }
        }

        NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, (name, _, _) => loaded.GetValueOrDefault(name));
        return loaded;
    }

    private static string[] Files(string name, int abi) =>
        OperatingSystem.IsWindows() ? [$"{name}.dll", $"lib{name}.dll"]
        : OperatingSystem.IsMacOS() ? [$"lib{name}.{abi}.dylib", $"lib{name}.dylib"]
        : [$"lib{name}.so.{abi}"];
}
