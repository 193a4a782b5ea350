namespace PolarGrid.Testing;

/// <summary>
/// Files that lie beside the repository and not in it: small models, audio, templates. Found through the environment variable
/// <c>POLARGRID_SHARED</c>, else in a folder <c>shared</c> next to the repository's root or further up.
/// </summary>
public static class SharedFiles
{
    public const string EnvironmentVariable = "POLARGRID_SHARED";

    /// <summary>The folder, or null when there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <param name="relative">With forward slashes, for example <c>models/stories260K-q8_0.gguf</c>.</param>
    /// <returns>The full path, or null when the file is not there.</returns>
    public static string? TryGet(string relative)
    {
        if (Folder is null) return null;
        var path = Path.Combine(Folder, relative);
        return File.Exists(path) || Directory.Exists(path) ? path : null;
    }

    /// <inheritdoc cref="TryGet"/>
    /// <exception cref="FileNotFoundException">The file is not there; tests marked <see cref="SharedFactAttribute"/> do not get here.</exception>
    public static string Get(string relative) =>
        TryGet(relative) ?? throw new FileNotFoundException(WhyMissing(relative));

    /// <summary>Why a test that needs these files cannot run, for somebody who has just cloned the repository.</summary>
    /// <param name="files">Files or folders; none: the folder as a whole.</param>
    /// <returns>Null when all are there.</returns>
    public static string? WhyMissing(params string[] files)
    {
        if (Folder is null)
        {
            return $"It needs {(files is [var first, ..] ? first : "sample files")}. The models, audio and templates that some tests run on "
                + $"are not part of the repository: set {EnvironmentVariable} to the folder that holds them.";
        }

        return Array.Find(files, file => TryGet(file) is null) is { } missing
            ? $"{missing} is not in {Folder}, the folder with models, audio and templates that are not part of the repository; {EnvironmentVariable} names another."
            : null;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } named) return Path.GetFullPath(named);
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "shared");
            if (Directory.Exists(Path.Combine(candidate, "models"))) return candidate;
        }

        return null;
    }
}
