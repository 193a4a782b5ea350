namespace PolarGrid.Engine.Sherpa.Models;

/// <summary>Turns the paths of a manifest into full paths of files that lie inside the model's folder.</summary>
internal static class FolderFiles
{
    private const int MostEntries = 20_000;

    /// <exception cref="ModelFault">A path leaves the folder, or nothing usable is there.</exception>
    public static Dictionary<string, IReadOnlyList<string>> Resolve(string folder, SherpaManifest manifest)
    {
        var resolved = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (key, paths) in manifest.Files)
        {
            resolved[key] = [.. paths.Select(path => KindRule.Folders.Contains(key) ? Folder(folder, key, path) : File(folder, key, path))];
            if (KindRule.Lists.Contains(key) && resolved[key].FirstOrDefault(path => path.Contains(',', StringComparison.Ordinal)) is { } comma)
            {
                throw new ModelFault($"'files.{key}': the path {comma} has a comma, at which the library would cut it; rename it.");
            }
        }

        return resolved;
    }

    private static string File(string folder, string key, string relative)
    {
        var path = Inside(folder, key, relative);
        var file = new FileInfo(path);
        if (!file.Exists) throw new ModelFault($"'files.{key}' is '{relative}', but there is no such file in the folder.");

        // A pipe or device has no length; opening one could wait for ever.
        if (file.Length == 0) throw new ModelFault($"'files.{key}' is '{relative}', which is empty.");
        return path;
    }

    private static string Folder(string folder, string key, string relative)
    {
        var path = Inside(folder, key, relative);
        if (!Directory.Exists(path)) throw new ModelFault($"'files.{key}' is '{relative}', but there is no such folder in the folder.");
        var count = 0;
        var open = new Stack<DirectoryInfo>([new DirectoryInfo(path)]);
        while (open.TryPop(out var below))
        {
            foreach (var entry in below.EnumerateFileSystemInfos())
            {
                var name = Path.GetRelativePath(folder, entry.FullName);
                if (entry.LinkTarget is not null) throw new ModelFault($"'files.{key}' holds {name}, which is a link; put the file itself there.");
                if (++count > MostEntries) throw new ModelFault($"'files.{key}' is '{relative}', which holds more than {MostEntries} files.");
                if (entry is DirectoryInfo inner) open.Push(inner);
            }
        }

        return path;
    }

    private static string Inside(string folder, string key, string relative)
    {
        var steps = relative.Split('/');
        if (Path.IsPathRooted(relative) || relative.Contains('\\', StringComparison.Ordinal) || steps.Any(step => step is "" or "." or ".."))
        {
            throw new ModelFault($"'files.{key}' is '{relative}'; give a path inside the folder, without '..', for example model.onnx.");
        }

        var path = folder;
        foreach (var step in steps)
        {
            path = Path.Combine(path, step);
            if (!System.IO.File.Exists(path) && !Directory.Exists(path)) break;
            if (System.IO.File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target && !IsInside(folder, target.FullName))
            {
                throw new ModelFault($"'files.{key}' is '{relative}', which is a link out of the folder to {target.FullName}; put the file itself there.");
            }
        }

        return Path.Combine(folder, relative);
    }

    private static bool IsInside(string folder, string path) =>
        Path.GetFullPath(path).StartsWith(folder.TrimEnd('/') + '/', StringComparison.Ordinal);
}
