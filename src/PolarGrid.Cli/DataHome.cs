namespace PolarGrid.Cli;

/// <summary>Where keys and settings live: <c>POLARGRID_HOME</c>, else <c>.polargrid</c> in the home folder.</summary>
internal static class DataHome
{
    public const string Variable = "POLARGRID_HOME";

    public static string Folder =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen
            ? Path.GetFullPath(chosen)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".polargrid");
}
