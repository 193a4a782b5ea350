using PolarGrid.Cli.Worker;
using PolarGrid.Engine.Sherpa.Models;

namespace PolarGrid.Cli.Models;

/// <summary>This machine's installed speech models.</summary>
internal static class ModelShelf
{
    public static string Folder => Path.Combine(DataHome.Folder, "models");

    public static SherpaShelf Open() =>
        new(Folder, new TrialLedger(Path.Combine(Folder, ".tried.json"), SpeechTrial.WithThisProgram().Run, TimeProvider.System));
}
