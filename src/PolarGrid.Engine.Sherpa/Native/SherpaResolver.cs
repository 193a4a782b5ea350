using System.Reflection;
using System.Runtime.InteropServices;

namespace PolarGrid.Engine.Sherpa.Native;

/// <summary>
/// Finds the folder of the speech libraries and answers every import of this assembly from it. Order: the environment variable, then the
/// application's own folder. A named folder that lacks a library is an error, never a reason to look elsewhere.
/// </summary>
internal static class SherpaResolver
{
    public const string EnvironmentVariable = "POLARGRID_SHERPA_PATH";

    private static readonly Lock Gate = new();
    private static string? folder;
    private static string? refusal;

    /// <summary>Loads ONNX Runtime and sherpa-onnx once. Later calls return the first answer.</summary>
    /// <returns>Null when the libraries are there; otherwise one sentence that says what is missing and the way out.</returns>
    public static string? Load()
    {
        lock (Gate)
        {
            if (folder is not null || refusal is not null) return refusal;
            if (Find(Environment.GetEnvironmentVariable(EnvironmentVariable), AppContext.BaseDirectory, out var found) is { } missing)
            {
                return refusal = missing;
            }

            // ONNX Runtime first: sherpa-onnx then binds to this copy and not to one of the system's.
            if ((TryOpen(found, NativeNames.OnnxRuntime) ?? TryOpen(found, NativeNames.Sherpa)) is { } broken) return refusal = broken;
            NativeLibrary.SetDllImportResolver(
                Assembly.GetExecutingAssembly(), (name, _, _) => NativeLibrary.Load(Path.Combine(found, NativeFiles.NameOf(name))));
            folder = found;
            var reported = NativeVersion.Reported();
            return reported == NativeVersion.Expected
                ? null
                : refusal = $"{found} holds sherpa-onnx {reported}; this build needs exactly {NativeVersion.Expected}, whose structs it describes.";
        }
    }

    internal static string? Find(string? environment, string applicationFolder, out string found)
    {
        if (!string.IsNullOrEmpty(environment))
        {
            found = Path.GetFullPath(environment);
            return Missing(found) is { } absent ? $"{EnvironmentVariable} names {found}, which does not hold {absent}." : null;
        }

        string[] candidates = [NativeFiles.FolderIn(applicationFolder), applicationFolder];
        found = Array.Find(candidates, candidate => Missing(candidate) is null) ?? candidates[0];
        return Missing(found) is { } file
            ? $"{file} is not in {found}: run 'npm ci --ignore-scripts' in the native folder and build again, or name a folder with {EnvironmentVariable}."
            : null;
    }

    private static string? Missing(string folder)
    {
        string[] names = [NativeNames.Sherpa, NativeNames.OnnxRuntime];
        return Array.Find([.. names.Select(NativeFiles.NameOf)], file => !File.Exists(Path.Combine(folder, file)));
    }

    private static string? TryOpen(string folder, string name)
    {
        var path = Path.Combine(folder, NativeFiles.NameOf(name));
        try
        {
            NativeLibrary.Load(path);
            return null;
        }
        catch (Exception cause) when (cause is DllNotFoundException or BadImageFormatException)
        {
            return $"{path} cannot be loaded: {cause.Message.Split('\n', 2)[0].Trim()}";
        }
    }
}
