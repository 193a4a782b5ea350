using System.Reflection;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Llama.Native;

/// <summary>
/// Finds the folder of the native libraries and answers every import of this assembly from it. Order: the setting, the environment
/// variable, then the application's own folder. A named folder that lacks the library is an error, never a reason to look elsewhere.
/// </summary>
internal static class NativeLibraryResolver
{
    public const string EnvironmentVariable = "POLARGRID_NATIVE_PATH";

    private static readonly Lock Gate = new();
    private static string? folder;

    /// <summary>Chooses the folder and loads libllama from it, which brings ggml. Later calls return the first answer.</summary>
    /// <param name="setting">The folder that the operator named; null when none was named.</param>
    /// <exception cref="NativeLibraryException">Nothing usable is there.</exception>
    public static string Load(string? setting)
    {
        lock (Gate)
        {
            if (folder is not null) return folder;

            var found = FindFolder(setting, Environment.GetEnvironmentVariable(EnvironmentVariable), AppContext.BaseDirectory);
            Open(Path.Combine(found, FileName(found, NativeNames.Llama)!));
            NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => Resolve(found, name));
            return folder = found;
        }
    }

    internal static string FindFolder(string? setting, string? environment, string applicationFolder)
    {
        if (!string.IsNullOrEmpty(setting)) return Named(setting, "the native library setting");
        if (!string.IsNullOrEmpty(environment)) return Named(environment, EnvironmentVariable);

        string[] candidates =
        [
            NativeFiles.FolderIn(applicationFolder), Path.Combine(applicationFolder, "native"), applicationFolder,
        ];
        return Array.Find(candidates, candidate => FileName(candidate, NativeNames.Llama) is not null)
            ?? throw new NativeLibraryException(
                $"The native library {Pinned(NativeNames.Llama)} is not in {candidates[0]}: run 'npm ci --ignore-scripts' in the native "
                + $"folder and build again, or name a folder with {EnvironmentVariable}.");
    }

    private static string Named(string path, string source)
    {
        var full = Path.GetFullPath(path);
        return FileName(full, NativeNames.Llama) is not null
            ? full
            : throw new NativeLibraryException($"{source} names {full}, which does not hold {Pinned(NativeNames.Llama)}.");
    }

    private static nint Resolve(string folder, string name) =>
        FileName(folder, name) is { } file ? Open(Path.Combine(folder, file)) : 0;

    private static nint Open(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception cause) when (cause is DllNotFoundException or BadImageFormatException)
        {
            throw new NativeLibraryException($"The native library {path} cannot be loaded: {FirstLine(cause.Message)}", cause);
        }
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();

    /// <summary>The file of a library in a folder: with the pinned version in its name, else plain (a build of one's own).</summary>
    private static string? FileName(string folder, string name)
    {
        string[] names = [Pinned(name), NativeFiles.NameOf(name)];
        return Array.Find(names, file => File.Exists(Path.Combine(folder, file)));
    }

    private static string Pinned(string name) => NativeFiles.NameOf($"{name}.v{NativeVersion.Expected}");
}
