using System.Diagnostics;

namespace PolarGrid.Architecture.Tests;

/// <summary>The files of this repository as git knows them: tracked, or new and not ignored.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Relative to the root, with forward slashes; only what is there.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    /// <summary>Every folder that holds a file, at any depth.</summary>
    public static IReadOnlySet<string> Folders { get; } = Files.SelectMany(FoldersOf).ToHashSet(StringComparer.Ordinal);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static IEnumerable<string> Under(string folder, string extension) =>
        Files.Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal) && file.EndsWith(extension, StringComparison.Ordinal));

    private static IEnumerable<string> FoldersOf(string file)
    {
        for (var slash = file.IndexOf('/'); slash >= 0; slash = file.IndexOf('/', slash + 1)) yield return file[..slash];
    }

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "PolarGrid.slnx"))) return at.FullName;
        }

        throw new DirectoryNotFoundException($"No PolarGrid.slnx above {AppContext.BaseDirectory}: these tests read the source tree.");
    }

    private static List<string> ListFiles()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root, RedirectStandardOutput = true,
        })!;
        var names = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        if (git.ExitCode != 0) throw new InvalidOperationException($"git ls-files ended with {git.ExitCode} in {Root}.");
        return [.. names.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(Root, file)))];
    }
}
