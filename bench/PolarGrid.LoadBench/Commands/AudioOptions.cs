using System.CommandLine;
using PolarGrid.LoadBench.Audio;

namespace PolarGrid.LoadBench.Commands;

/// <summary>What the two audio commands have in common.</summary>
internal sealed class AudioOptions(string measured, int rounds)
{
    private readonly Option<string> _ours = new("--ours") { Description = "The polargrid program.", DefaultValueFactory = _ => "polargrid" };
    private readonly Option<DirectoryInfo> _model = new("--model") { Description = "A model folder with a manifest: our server and sherpa-onnx's Node binding run it (default: the engines without a download)." };
    private readonly Option<string> _peer = new("--peer") { Description = "Folder of that binding; 'npm ci --ignore-scripts' fills it.", DefaultValueFactory = _ => "bench/peers/sherpa" };
    private readonly Option<int> _threads = new("--threads") { Description = "That a --model computes with, on both sides.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _rounds = new("--rounds") { Description = $"Measurements of each {measured} on each side; 0 leaves that part out.", DefaultValueFactory = _ => rounds };
    private readonly Option<string?> _name = new("--name") { Description = "For the result files; without it that of the model's folder." };
    private readonly Option<int> _callers = new("--callers") { Description = "Callers at once; 0 leaves that part out.", DefaultValueFactory = _ => 16 };
    private readonly Option<int> _seconds = new("--seconds") { Description = "How long they call.", DefaultValueFactory = _ => 60 };
    private readonly Option<DirectoryInfo> _results = new("--results") { Description = "Folder for the result files (default: none are written)." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_ours, _model, _peer, _threads, _rounds, _name, _callers, _seconds, _results]) command.Add(option);
    }

    public AudioRun Read(ParseResult parsed) => new(
        parsed.GetRequiredValue(_ours), parsed.GetValue(_model), parsed.GetRequiredValue(_peer), parsed.GetValue(_threads), parsed.GetValue(_rounds),
        parsed.GetValue(_name) ?? parsed.GetValue(_model)?.Name, parsed.GetValue(_callers), parsed.GetValue(_seconds), parsed.GetValue(_results));
}
