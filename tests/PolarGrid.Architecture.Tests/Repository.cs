using System.Diagnostics;
using PolarGrid.Testing;

namespace PolarGrid.Architecture.Tests;

/// <summary>The files of this repository as git knows them: tracked, or new and not ignored.</summary>
internal static class Repository
{
    /// <summary>Relative to the root, with forward slashes; only what is there.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    /// <summary>Every folder that holds a file, at any depth.</summary>
    public static IReadOnlySet<string> Folders { get; } = Files.SelectMany(FoldersOf).ToHashSet(StringComparer.Ordinal);

    public static string Read(string file) => File.ReadAllText(SourceTree.At(file));

    public static IEnumerable<string> Under(string folder, string extension) =>
        Files.Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal) && file.EndsWith(extension, StringComparison.Ordinal));

    private static IEnumerable<string> FoldersOf(string file)
    {
        for (var slash = file.IndexOf('/'); slash >= 0; slash = file.IndexOf('/', slash + 1)) yield return file[..slash];
    }

    private static List<string> ListFiles()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = SourceTree.Root, RedirectStandardOutput = true,
        })!;
        var names = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        if (git.ExitCode != 0) throw new InvalidOperationException($"git ls-files ended with {git.ExitCode} in {SourceTree.Root}.");
        return [.. names.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(SourceTree.At(file)))];
    }
}
