using System.CommandLine;
using PolarGrid.Engine.Sherpa;
using PolarGrid.Engine.Sherpa.Models;

namespace PolarGrid.Cli.Worker;

/// <summary><c>polargrid worker</c>: what the server starts as a process of its own because it may be lost. Not for people, hence hidden.</summary>
internal static class WorkerCommand
{
    public const string Name = "worker";
    public const string CheckSpeech = "check-speech";

    /// <summary>Exit code of a check that found something wrong, the reason being the last line on the error stream.</summary>
    public const int Refused = 3;

    public static Command Create() => new(Name, "Work that a server gives to a process of its own.")
    {
        Hidden = true,
        Subcommands = { CreateCheckSpeech() },
    };

    private static Command CreateCheckSpeech()
    {
        var folder = new Argument<string>("folder") { Description = "A speech model with its manifest." };
        var command = new Command(CheckSpeech, "Load a speech model and let it do one small job.") { folder };
        command.SetAction(parsed =>
        {
            var result = SherpaModel.Read(parsed.GetRequiredValue(folder), "model");
            var failure = result.Model is { } model ? SherpaProbe.Run(model) : result.Error;
            if (failure is null) return Terminal.Success;
            Console.Error.WriteLine(failure);
            return Refused;
        });
        return command;
    }
}
