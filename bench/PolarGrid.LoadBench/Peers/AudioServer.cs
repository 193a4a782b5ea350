using PolarGrid.LoadBench.Audio;
using PolarGrid.LoadBench.Servers;

namespace PolarGrid.LoadBench.Peers;

/// <summary>Our server on a free port with a data folder of its own, which is gone with it.</summary>
internal sealed class AudioServer : IAsyncDisposable
{
    public const string Key = "pg_speech-bench-0123456789";

    private readonly DirectoryInfo _home;

    private AudioServer(DirectoryInfo home, ServerProcess process, InstalledModel? model) => (_home, Process, Model) = (home, process, model);

    public ServerProcess Process { get; }

    /// <summary>What both sides run; null: an engine that needs no model folder.</summary>
    public InstalledModel? Model { get; }

    public Uri BaseUrl => Process.BaseUrl;

    public static async Task<AudioServer> StartAsync(AudioRun run, CancellationToken cancellationToken)
    {
        var home = Directory.CreateTempSubdirectory("polargrid-bench-");
        try
        {
            var model = run.Model is { } folder ? await InstalledModel.AddAsync(run.Ours, home.FullName, folder, cancellationToken) : null;
            var port = LoopbackPort.FindFree();
            string[] program = run.Ours.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", run.Ours] : [run.Ours];
            string[] threads = model is null ? [] : ["--speech-threads", $"{run.Threads}"];
            var environment = new Dictionary<string, string> { ["POLARGRID_HOME"] = home.FullName, ["POLARGRID_BOOTSTRAP_KEY"] = Key };
            var process = await ServerProcess.StartAsync([.. program, "up", "--urls", $"http://127.0.0.1:{port}", .. threads], environment, port, cancellationToken);
            return new AudioServer(home, process, model);
        }
        catch
        {
            home.Delete(recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _home.Delete(recursive: true);
    }
}
