namespace PolarGrid.Testing;

/// <summary>Node.js on this machine, and npm packages that lie beside a script.</summary>
public static class NodeInstall
{
    /// <summary>The full path, or null where node is not on the PATH.</summary>
    public static string? Program { get; } = Find();

    /// <param name="folder">Relative to the repository, with the script's <c>package.json</c>.</param>
    /// <param name="packages">Those that the script imports.</param>
    /// <returns>Why the script cannot run and what helps, or null.</returns>
    public static string? WhyMissing(string folder, params ReadOnlySpan<string> packages)
    {
        if (Program is null) return $"It runs a script in {folder}: install Node.js, so that node is on the PATH.";
        foreach (var package in packages)
        {
            if (!Directory.Exists(Path.Combine(SourceTree.At(folder), "node_modules", package)))
            {
                return $"The npm package {package} is missing: run 'npm ci --ignore-scripts' in {folder} (./test.sh does it).";
            }
        }

        return null;
    }

    private static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "node.exe" : "node";
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }
}
