using System.CommandLine;
using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using PolarGrid.LoadBench.Reports;
using PolarGrid.LoadBench.Servers;
using PolarGrid.LoadBench.Speech;

namespace PolarGrid.LoadBench.Commands;

/// <summary><c>speech</c>: our server beside flite's own command line, then many callers.</summary>
internal static class SpeechCommand
{
    private const string Key = "pg_speech-bench-0123456789";

    public static Command Create()
    {
        var ours = new Option<string>("--ours") { Description = "The polargrid program.", DefaultValueFactory = _ => "polargrid" };
        var flite = new Option<string>("--flite") { Description = "Flite's program.", DefaultValueFactory = _ => "flite" };
        var voice = new Option<string>("--voice") { Description = "A voice that both have.", DefaultValueFactory = _ => "slt" };
        var rounds = new Option<int>("--rounds") { Description = "Measurements of each text on each side.", DefaultValueFactory = _ => 25 };
        var callers = new Option<int>("--callers") { Description = "Callers at once; 0 leaves that part out.", DefaultValueFactory = _ => 16 };
        var seconds = new Option<int>("--seconds") { Description = "How long they call.", DefaultValueFactory = _ => 60 };
        var results = new Option<DirectoryInfo>("--results") { Description = "Folder for the result files (default: none are written)." };
        var command = new Command("speech", "Measures speech beside flite's command line, and many callers at once.") { ours, flite, voice, rounds, callers, seconds, results };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var machine = Machine.Here();
                var home = Directory.CreateTempSubdirectory("polargrid-bench-");
                await using var server = await StartAsync(parsed.GetRequiredValue(ours), home.FullName, cancellationToken);
                using var client = new SpeechClient(server.BaseUrl, Key);
                var said = parsed.GetRequiredValue(voice);
                var rows = await SpeechRounds.RunAsync(client, new FliteProgram(parsed.GetRequiredValue(flite)), said, parsed.GetValue(rounds), cancellationToken);
                var many = parsed.GetValue(callers) is > 0 and var count
                    ? await SpeechCallers.RunAsync(client, server, said, count, parsed.GetValue(seconds), cancellationToken) : null;
                var report = new SpeechReport
                {
                    Time = DateTimeOffset.UtcNow,
                    Commit = await GitCommit.ReadAsync(cancellationToken),
                    Machine = machine,
                    Voice = said,
                    Rounds = parsed.GetValue(rounds),
                    Rows = rows,
                    Callers = many,
                };
                Console.Write(SpeechTable.Of(report));
                if (parsed.GetValue(results) is { } folder) await WriteAsync(report, folder, cancellationToken);
                return SpeechBars.Meets(report) ? 0 : 2;
            }
            catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or IOException or HttpRequestException)
            {
                Console.Error.WriteLine(failure.Message);
                return 1;
            }
        });
        return command;
    }

    /// <summary>Our server on a free port with an empty data folder and this class's key.</summary>
    public static Task<ServerProcess> StartAsync(string program, string home, CancellationToken cancellationToken)
    {
        var port = LoopbackPort.FindFree();
        string[] command = [.. program.EndsWith(".dll", StringComparison.Ordinal) ? (string[])["dotnet", program] : [program], "up", "--urls", $"http://127.0.0.1:{port}"];
        var environment = new Dictionary<string, string> { ["POLARGRID_HOME"] = home, ["POLARGRID_BOOTSTRAP_KEY"] = Key };
        return ServerProcess.StartAsync(command, environment, port, cancellationToken);
    }

    private static async Task WriteAsync(SpeechReport report, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        folder.Create();
        var name = Path.Combine(folder.FullName, $"{report.Time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}-speech-{report.Commit}");
        await File.WriteAllTextAsync(name + ".json", JsonSerializer.Serialize(report, ReportJson.Default.SpeechReport) + "\n", cancellationToken);
        var machine = report.Machine;
        var load = machine.LoadAverage?.ToString("F2", CultureInfo.InvariantCulture) ?? "unknown";
        await File.WriteAllTextAsync(
            name + ".md",
            $"# Speech at {report.Commit}, {report.Time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\n\n{SpeechTable.Of(report)}\n"
            + $"- Voice `{report.Voice}`; {machine.Cpu}, {machine.Cores} cores, {machine.Os}, {machine.Runtime}.\n- Load average at the start: {load}.\n",
            cancellationToken);
    }
}
