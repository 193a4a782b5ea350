using System.Text.Json.Nodes;
using PolarGrid.EndToEnd.Running;
using PolarGrid.Engine.Sherpa;

namespace PolarGrid.EndToEnd.Transcription;

/// <summary>A test on models that people use; skipped with a sentence where there are none.</summary>
internal sealed class RealModelFactAttribute : FactAttribute
{
    public RealModelFactAttribute() => Skip = RealModels.Missing;
}

/// <summary>Model folders that are too large for the repository: those with a manifest below the folder that a variable names.</summary>
internal static class RealModels
{
    public const string Variable = "POLARGRID_SPEECH_MODELS";

    private static readonly string[] VoiceKinds = ["vits", "kokoro", "matcha"];

    /// <summary>Full paths by name.</summary>
    public static IReadOnlyDictionary<string, string> Folders { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named && Directory.Exists(named)
            ? Directory.EnumerateDirectories(named).Where(folder => File.Exists(Path.Combine(folder, "polargrid.json")))
                .Order(StringComparer.Ordinal).ToDictionary(folder => Path.GetFileName(folder), Path.GetFullPath)
            : new Dictionary<string, string>();

    public static IReadOnlyList<string> Voices { get; } = [.. Folders.Keys.Where(name => VoiceKinds.Contains(Kind(name)))];

    public static IReadOnlyList<string> Recognisers { get; } = [.. Folders.Keys.Where(name => !VoiceKinds.Contains(Kind(name)) && Kind(name) != "vad")];

    public static string? Missing { get; } =
        TestModel.Missing ?? SherpaLibrary.Load() ?? (Voices.Count > 0 && Recognisers.Count > 0
            ? null
            : $"It needs real speech models of English. Set {Variable} to a folder of model folders (docs/speech-models.md) with at least one voice and one recogniser.");

    private static string Kind(string name) => (string?)JsonNode.Parse(File.ReadAllText(Path.Combine(Folders[name], "polargrid.json")))?["kind"] ?? "";
}
