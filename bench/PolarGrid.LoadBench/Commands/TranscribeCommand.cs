using System.CommandLine;
using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using PolarGrid.LoadBench.Reports;
using PolarGrid.LoadBench.Transcription;

namespace PolarGrid.LoadBench.Commands;

/// <summary><c>transcribe</c>: our server beside pocketsphinx's own command line, then many callers.</summary>
internal static class TranscribeCommand
{
    private const string Key = "pg_speech-bench-0123456789";

    public static Command Create()
    {
        var ours = new Option<string>("--ours") { Description = "The polargrid program.", DefaultValueFactory = _ => "polargrid" };
        var theirs = new Option<string>("--pocketsphinx") { Description = "Pocketsphinx's program.", DefaultValueFactory = _ => "pocketsphinx_continuous" };
        var voice = new Option<string>("--voice") { Description = "Which of our voices makes the recordings; one of 16 kHz.", DefaultValueFactory = _ => "slt" };
        var rounds = new Option<int>("--rounds") { Description = "Measurements of each recording on each side.", DefaultValueFactory = _ => 9 };
        var callers = new Option<int>("--callers") { Description = "Callers at once; 0 leaves that part out.", DefaultValueFactory = _ => 16 };
        var seconds = new Option<int>("--seconds") { Description = "How long they call.", DefaultValueFactory = _ => 60 };
        var results = new Option<DirectoryInfo>("--results") { Description = "Folder for the result files (default: none are written)." };
        var command = new Command("transcribe", "Measures speech to text beside pocketsphinx's command line, and many callers at once.") { ours, theirs, voice, rounds, callers, seconds, results };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var machine = Machine.Here();
                var home = Directory.CreateTempSubdirectory("polargrid-bench-");
                await using var server = await SpeechCommand.StartAsync(parsed.GetRequiredValue(ours), home.FullName, cancellationToken);
                using var client = new TranscriptionClient(server.BaseUrl, Key);
                var said = parsed.GetRequiredValue(voice);
                var (start, rows) = await TranscriptionRounds.RunAsync(
                    client, new PocketsphinxProgram(parsed.GetRequiredValue(theirs)), said, parsed.GetValue(rounds), cancellationToken);
                var many = parsed.GetValue(callers) is > 0 and var count
                    ? await TranscriptionCallers.RunAsync(client, server, said, count, parsed.GetValue(seconds), cancellationToken) : null;
                var report = new TranscriptionReport
                {
                    Time = DateTimeOffset.UtcNow,
                    Commit = await GitCommit.ReadAsync(cancellationToken),
                    Machine = machine,
                    Rounds = parsed.GetValue(rounds),
                    TheirStart = start,
                    Rows = rows,
                    Callers = many,
                };
                Console.Write(TranscriptionTable.Of(report));
                if (parsed.GetValue(results) is { } folder) await WriteAsync(report, folder, cancellationToken);
                return TranscriptionTable.Meets(report) ? 0 : 2;
            }
            catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or IOException or HttpRequestException)
            {
                Console.Error.WriteLine(failure.Message);
                return 1;
            }
        });
        return command;
    }

    private static async Task WriteAsync(TranscriptionReport report, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        folder.Create();
        var date = report.Time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var name = Path.Combine(folder.FullName, $"{date}-transcribe-{report.Commit}");
        await File.WriteAllTextAsync(name + ".json", JsonSerializer.Serialize(report, ReportJson.Default.TranscriptionReport) + "\n", cancellationToken);
        var machine = report.Machine;
        var load = machine.LoadAverage?.ToString("F2", CultureInfo.InvariantCulture) ?? "unknown";
        await File.WriteAllTextAsync(
            name + ".md",
            $"# Transcription at {report.Commit}, {date}\n\n{TranscriptionTable.Of(report)}\n"
            + $"- {machine.Cpu}, {machine.Cores} cores, {machine.Os}, {machine.Runtime}.\n- Load average at the start: {load}.\n",
            cancellationToken);
    }
}
