namespace PolarGrid.Testing;

/// <summary>The checked-out repository that the tests were built from.</summary>
public static class SourceTree
{
    /// <summary>The folder with the solution.</summary>
    /// <exception cref="DirectoryNotFoundException">The tests were carried away from their source.</exception>
    public static string Root { get; } = FindRoot();

    /// <param name="relative">With forward slashes, for example <c>models/polar-tiny</c>. Need not be there.</param>
    public static string At(string relative) => Path.Combine(Root, relative);

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "PolarGrid.slnx"))) return at.FullName;
        }

        throw new DirectoryNotFoundException($"No PolarGrid.slnx above {AppContext.BaseDirectory}: the tests read the source tree.");
    }
}
