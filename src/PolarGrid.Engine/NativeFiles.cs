using System.Runtime.InteropServices;

namespace PolarGrid.Engine;

/// <summary>How native libraries that come with an application are called, and where they lie. Loads nothing.</summary>
public static class NativeFiles
{
    /// <summary>Where NuGet puts an application's native libraries for this machine.</summary>
    public static string FolderIn(string application) => Path.Combine(application, "runtimes", Rid(), "native");

    /// <summary>The file of a library: <c>lib…so</c>, <c>lib…dylib</c> or <c>….dll</c>.</summary>
    public static string NameOf(string library) =>
        OperatingSystem.IsWindows() ? $"{library}.dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    private static string Rid()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var architecture = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            var other => other.ToString(),
        };
        return $"{system}-{architecture}";
    }
}
