namespace PolarGrid.LoadBench.Audio;

/// <summary>One run of an audio command.</summary>
/// <param name="Ours">Our program.</param>
/// <param name="Model">A folder that both sides run; null: an engine that needs none.</param>
/// <param name="Peer">Folder of sherpa-onnx's binding.</param>
/// <param name="Threads">That the model computes with.</param>
/// <param name="Rounds">Measurements of each text or recording on each side; 0: none.</param>
/// <param name="Name">For the result files.</param>
/// <param name="Callers">At once; 0: none.</param>
/// <param name="Seconds">How long they call.</param>
/// <param name="Results">Null: none are written.</param>
internal sealed record AudioRun(
    string Ours, DirectoryInfo? Model, string Peer, int Threads, int Rounds, string? Name, int Callers, int Seconds, DirectoryInfo? Results)
{
    /// <summary>Between date and commit of the result files.</summary>
    public string NameOf(string what) => Name is null ? what : $"{what}-{Name}";
}
