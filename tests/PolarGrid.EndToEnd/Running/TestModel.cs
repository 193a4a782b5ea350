using PolarGrid.Testing;

namespace PolarGrid.EndToEnd.Running;

/// <summary>
/// Which model the tests run on: the file that <c>POLARGRID_TEST_MODEL</c> names, else the built-in polar-tiny, else the stories
/// model of the shared folder.
/// </summary>
internal static class TestModel
{
    public const string EnvironmentVariable = "POLARGRID_TEST_MODEL";
    public const string StoriesFile = "models/stories260K-chat-f32.gguf";

    private static readonly string BuiltIn = Path.Combine(AppContext.BaseDirectory, "models", "polar-tiny-q8_0.gguf");
    private static readonly string? Chosen = Choose();

    /// <summary>Whether it is the model that comes with PolarGrid.</summary>
    public static bool IsBuiltIn { get; } = Chosen == BuiltIn;

    /// <summary>The name that callers use.</summary>
    public static string Name { get; } = IsBuiltIn ? "polar-tiny" : "tiny";

    /// <summary>What <c>up</c> is given: nothing for the built-in model, which is its default.</summary>
    public static string[] Arguments { get; } = IsBuiltIn ? [] : ["--model", $"{Name}={Chosen}"];

    /// <summary>Why a test cannot run, or null.</summary>
    public static string? Missing { get; } = Chosen is null
        ? $"No model: models/polar-tiny/polar-tiny-q8_0.gguf is not there, and {EnvironmentVariable} names no other."
        : null;

    private static string? Choose()
    {
        if (Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } named) return named;
        return File.Exists(BuiltIn) ? BuiltIn : SharedFiles.TryGet(StoriesFile);
    }
}
