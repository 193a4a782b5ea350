using System.CommandLine;
using System.ComponentModel;
using PolarGrid.LoadBench.Peers;
using PolarGrid.LoadBench.Reports;
using PolarGrid.LoadBench.Transcription;

namespace PolarGrid.LoadBench.Commands;

/// <summary><c>transcribe</c>: our server beside the engine's own program, then many callers.</summary>
internal static class TranscribeCommand
{
    public static Command Create()
    {
        var pocketsphinx = new Option<string>("--pocketsphinx") { Description = "Pocketsphinx's program.", DefaultValueFactory = _ => "pocketsphinx_continuous" };
        var voice = new Option<string>("--voice") { Description = "Which of our voices makes the recordings; one of 16 kHz.", DefaultValueFactory = _ => "slt" };
        var rounds = new Option<int>("--rounds") { Description = "Measurements of each recording on each side.", DefaultValueFactory = _ => 9 };
        var shared = new AudioOptions();
        var command = new Command("transcribe", "Measures speech to text beside pocketsphinx's command line or sherpa-onnx's Node binding, and many callers at once.") { pocketsphinx, voice, rounds };
        shared.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var machine = Machine.Here();
                var run = shared.Read(parsed);
                var said = parsed.GetRequiredValue(voice);
                await using var server = await AudioServer.StartAsync(run, cancellationToken);
                using var client = new TranscriptionClient(server.BaseUrl, AudioServer.Key, server.Model is null ? "pocketsphinx" : InstalledModel.Name);
                using var sherpa = server.Model is { } model ? await SherpaProgram.StartAsync(run.Peer, "recogniser", model.Folder, run.Threads, cancellationToken) : null;
                var peer = (IListener?)sherpa ?? new PocketsphinxProgram(parsed.GetRequiredValue(pocketsphinx));
                var (start, rows) = await TranscriptionRounds.RunAsync(client, peer, said, parsed.GetValue(rounds), cancellationToken);
                var many = run.Callers > 0 ? await TranscriptionCallers.RunAsync(client, server.Process, said, run.Callers, run.Seconds, cancellationToken) : null;
                var report = new TranscriptionReport
                {
                    Time = DateTimeOffset.UtcNow,
                    Commit = await GitCommit.ReadAsync(cancellationToken),
                    Machine = machine,
                    Peer = peer.Name,
                    Model = server.Model?.File,
                    Threads = server.Model is null ? null : run.Threads,
                    Rounds = parsed.GetValue(rounds),
                    TheirStart = start,
                    Rows = rows,
                    Callers = many,
                };
                var table = TranscriptionTable.Of(report);
                Console.Write(table);
                if (run.Results is { } folder)
                {
                    string[] notes = report.Model is { } file ? [ReportFiles.Line(file, run.Threads)] : [];
                    await ReportFiles.WriteAsync(
                        folder, run.NameOf("transcribe"), "Transcription", report, ReportJson.Default.TranscriptionReport, (report.Time, report.Commit, machine), table, notes,
                        cancellationToken);
                }

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
}
