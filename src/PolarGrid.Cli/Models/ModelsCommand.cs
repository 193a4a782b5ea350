using System.CommandLine;
using PolarGrid.Engine.Sherpa;
using PolarGrid.Engine.Sherpa.Models;

namespace PolarGrid.Cli.Models;

/// <summary><c>polargrid models</c>: installs, lists, checks and removes speech models of this machine.</summary>
internal static class ModelsCommand
{
    public static Command Create() => new(
        "models", "Install, list, check and remove the speech models of this machine. A running server takes them up at its next start.")
    {
        AddModel(), ListModels(), CheckModel(), RemoveModel(),
    };

    private static Command AddModel()
    {
        var folder = new Argument<string>("folder") { Description = $"The model's files with a manifest {SherpaManifest.FileName}; docs/speech-models.md says how to write one." };
        var name = new Option<string?>("--name")
        {
            Description = "Under which name it is served. Without it: the folder's name.",
            HelpName = "NAME",
        };
        var link = new Option<bool>("--link") { Description = "Leave the files where they are and remember the folder." };
        var command = new Command("add", "Check a model, try it in a process of its own, and install it.") { folder, name, link };
        command.SetAction(parsed =>
        {
            if (SherpaLibrary.Load() is { } missing) return Terminal.Fail(missing);
            var entry = ModelShelf.Open().Add(parsed.GetRequiredValue(folder), parsed.GetValue(name), parsed.GetValue(link));
            if (entry.Model is null) return Terminal.Fail(entry.Error!);
            Console.WriteLine(Describe(entry));
            return Terminal.Success;
        });
        return command;
    }

    private static Command ListModels()
    {
        var command = new Command("list", "Show all installed speech models, and what is wrong with those that cannot be served.");
        command.SetAction(_ =>
        {
            if (SherpaLibrary.Load() is { } missing) return Terminal.Fail(missing);
            var entries = ModelShelf.Open().List();
            foreach (var entry in entries) Console.WriteLine(Describe(entry));
            if (entries.Count == 0) Console.Error.WriteLine($"There are none in {ModelShelf.Folder}; install one with 'polargrid models add FOLDER'.");
            return Terminal.Success;
        });
        return command;
    }

    private static Command CheckModel()
    {
        var name = new Argument<string>("name") { Description = "As 'polargrid models list' shows it." };
        var command = new Command("check", "Check and try an installed model anew.") { name };
        command.SetAction(parsed =>
        {
            if (SherpaLibrary.Load() is { } missing) return Terminal.Fail(missing);
            var entry = ModelShelf.Open().Inspect(parsed.GetRequiredValue(name), anew: true);
            if (entry.Model is null) return Terminal.Fail(entry.Error!);
            Console.WriteLine(Describe(entry));
            return Terminal.Success;
        });
        return command;
    }

    private static Command RemoveModel()
    {
        var name = new Argument<string>("name") { Description = "As 'polargrid models list' shows it." };
        var command = new Command("remove", "Remove an installed model; of a linked one only the link.") { name };
        command.SetAction(parsed => ModelShelf.Open().Remove(parsed.GetRequiredValue(name)) is { } failure ? Terminal.Fail(failure) : Terminal.Success);
        return command;
    }

    private static string Describe(ShelfEntry entry)
    {
        if (entry.Model is not { } model) return $"{entry.Name}  cannot be served: {entry.Error}";
        var manifest = model.Manifest;
        var what = model.IsVoice ? $"voice, {manifest.Kind}" : model.IsRecogniser ? $"recogniser, {manifest.Kind}" : "voice activity detector";
        var also = manifest.Aliases.Count > 0 ? $", also {string.Join(", ", manifest.Aliases)}" : "";
        return $"{entry.Name}  {what}{also}, licence {manifest.Licence}, {model.Folder}";
    }
}
