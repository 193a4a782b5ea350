using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Classic.Native;

/// <summary>Opens libraries that the system's package manager installs.</summary>
internal static class SystemLibrary
{
    /// <returns>Null when it is open; otherwise one sentence that names the package.</returns>
    public static string? TryOpen(string file, string package, out nint library)
    {
        if (NativeLibrary.TryLoad(file, typeof(SystemLibrary).Assembly, DllImportSearchPath.SafeDirectories, out library)) return null;
        return $"{file} is not installed (Debian package {package}).";
    }

    /// <returns>The first of the functions that the library lacks; null when it has all.</returns>
    public static string? FirstMissing(nint library, params ReadOnlySpan<string> functions)
    {
        foreach (var function in functions)
        {
            if (!NativeLibrary.TryGetExport(library, function, out _)) return function;
        }

        return null;
    }
}
