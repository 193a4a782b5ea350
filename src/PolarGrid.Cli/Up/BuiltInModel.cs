namespace PolarGrid.Cli.Up;

/// <summary>The model that comes with PolarGrid, so that a first answer needs no download.</summary>
internal static class BuiltInModel
{
    public const string Name = "polar-tiny";

    public static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "models", "polar-tiny-q8_0.gguf");
}
