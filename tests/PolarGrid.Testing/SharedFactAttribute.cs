using Xunit;

namespace PolarGrid.Testing;

/// <summary>A test that needs files of the shared folder; skipped with a sentence when one of them is absent.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(params string[] files) => Skip = SharedSkip.Reason(files);
}

/// <summary>A theory that needs files of the shared folder; skipped with a sentence when one of them is absent.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(params string[] files) => Skip = SharedSkip.Reason(files);
}

internal static class SharedSkip
{
    public static string? Reason(string[] files)
    {
        if (SharedFiles.Folder is null) return $"No shared folder: set {SharedFiles.EnvironmentVariable} to it.";
        var missing = Array.Find(files, file => SharedFiles.TryGet(file) is null);
        return missing is null ? null : $"{missing} is not in the shared folder {SharedFiles.Folder}.";
    }
}
