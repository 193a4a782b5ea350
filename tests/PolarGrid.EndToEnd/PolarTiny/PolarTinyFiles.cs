using PolarGrid.Testing;

namespace PolarGrid.EndToEnd.PolarTiny;

/// <summary>The model's folder in the repository.</summary>
internal static class PolarTinyFiles
{
    /// <summary>Set to 1: evaluate a model that is still in training.</summary>
    public const string EnvironmentVariable = "POLARGRID_EVALUATE";

    private static readonly string Folder = SourceTree.At("models/polar-tiny");

    public static string[] Lines(string name) => File.ReadAllLines(Path.Combine(Folder, name));

    /// <summary>Why there is nothing to evaluate, or null.</summary>
    public static string? Missing =>
        !File.Exists(Path.Combine(Folder, "eval_cases.jsonl")) ? "There is no folder models/polar-tiny with eval_cases.jsonl."
        : File.Exists(Path.Combine(Folder, "evaluation.json")) || Environment.GetEnvironmentVariable(EnvironmentVariable) == "1" ? null
        : $"polar-tiny is still in training: models/polar-tiny has no evaluation.json ({EnvironmentVariable}=1 evaluates it all the same).";
}
