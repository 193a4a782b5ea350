using System.CommandLine;

namespace PolarGrid.LoadBench.Commands;

/// <summary>What the two audio commands have in common.</summary>
internal sealed class AudioOptions
{
    private readonly Option<string> _ours = new("--ours") { Description = "The polargrid program.", DefaultValueFactory = _ => "polargrid" };
    private readonly Option<DirectoryInfo> _model = new("--model") { Description = "A model folder with a manifest: our server and sherpa-onnx's Node binding run it (default: the engines without a download)." };
    private readonly Option<string> _peer = new("--peer") { Description = "Folder of that binding; 'npm ci --ignore-scripts' fills it.", DefaultValueFactory = _ => "bench/peers/sherpa" };
    private readonly Option<int> _threads = new("--threads") { Description = "That a --model computes with, on both sides.", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _name = new("--name") { Description = "For the result files; without it that of the model's folder." };
    private readonly Option<int> _callers = new("--callers") { Description = "Callers at once; 0 leaves that part out.", DefaultValueFactory = _ => 16 };
    private readonly Option<int> _seconds = new("--seconds") { Description = "How long they call.", DefaultValueFactory = _ => 60 };
    private readonly Option<DirectoryInfo> _results = new("--results") { Description = "Folder for the result files (default: none are written)." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_ours, _model, _peer, _threads, _name, _callers, _seconds, _results]) command.Add(option);
    }

    public AudioRun Read(ParseResult parsed) => new(
        parsed.GetRequiredValue(_ours), parsed.GetValue(_model), parsed.GetRequiredValue(_peer), parsed.GetValue(_threads),
        parsed.GetValue(_name) ?? parsed.GetValue(_model)?.Name, parsed.GetValue(_callers), parsed.GetValue(_seconds), parsed.GetValue(_results));
}

/// <summary>One run of an audio command.</summary>
/// <param name="Ours">Our program.</param>
/// <param name="Model">A folder that both sides run; null: an engine that needs none.</param>
/// <param name="Peer">Folder of sherpa-onnx's binding.</param>
/// <param name="Threads">That the model computes with.</param>
/// <param name="Name">For the result files.</param>
/// <param name="Callers">At once; 0: none.</param>
/// <param name="Seconds">How long they call.</param>
/// <param name="Results">Null: none are written.</param>
internal sealed record AudioRun(
    string Ours, DirectoryInfo? Model, string Peer, int Threads, string? Name, int Callers, int Seconds, DirectoryInfo? Results)
{
    /// <summary>Between date and commit of the result files.</summary>
    public string NameOf(string what) => Name is null ? what : $"{what}-{Name}";
}
