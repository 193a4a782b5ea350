namespace PolarGrid.Engine.Tests.Templates;

/// <summary>
/// Models and templates that are too large or not ours to keep in the repository: the folder in POLARGRID_SHARED, else one
/// called shared beside the repository.
/// </summary>
internal static class SharedFolder
{
    public static string? Path { get; } = Find();

    /// <summary>The repository's root, found from where the tests were built.</summary>
    public static string Repository { get; } = FindRepository();

    public static string Source(params string[] parts) =>
        System.IO.Path.Combine([Repository, "tests", "PolarGrid.Engine.Tests", .. parts]);

    private static string? Find()
    {
        var given = Environment.GetEnvironmentVariable("POLARGRID_SHARED");
        if (!string.IsNullOrEmpty(given)) return Directory.Exists(given) ? given : null;
        var beside = System.IO.Path.Combine(FindRepository(), "..", "shared");
        return Directory.Exists(beside) ? beside : null;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "PolarGrid.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
