using Xunit;

namespace PolarGrid.Engine.Sherpa.Tests;

/// <summary>
/// A test that needs a folder <c>espeak-ng-data</c>: the one of Debian's package, or what the environment variable
/// <c>POLARGRID_ESPEAK_DATA</c> names; skipped with a sentence where there is none.
/// </summary>
public sealed class EspeakFactAttribute : FactAttribute
{
    public EspeakFactAttribute() => Skip = Folder is null ? "No espeak-ng-data: install Debian's package espeak-ng-data, or set POLARGRID_ESPEAK_DATA." : null;

    public static string? Folder { get; } = Array.Find(
        (string?[])[Environment.GetEnvironmentVariable("POLARGRID_ESPEAK_DATA"), .. Installed()], folder => File.Exists(Path.Combine(folder ?? "", "phontab")));

    private static string[] Installed() =>
    [
        "/usr/share/espeak-ng-data",
        .. Directory.Exists("/usr/lib") ? Directory.GetDirectories("/usr/lib").Select(folder => Path.Combine(folder, "espeak-ng-data")) : [],
    ];
}
