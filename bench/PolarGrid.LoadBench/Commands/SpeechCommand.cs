using System.CommandLine;
using System.ComponentModel;
using PolarGrid.LoadBench.Peers;
using PolarGrid.LoadBench.Reports;
using PolarGrid.LoadBench.Speech;

namespace PolarGrid.LoadBench.Commands;

/// <summary><c>speech</c>: our server beside the engine's own program, then many callers.</summary>
internal static class SpeechCommand
{
    public static Command Create()
    {
        var flite = new Option<string>("--flite") { Description = "Flite's program.", DefaultValueFactory = _ => "flite" };
        var voice = new Option<string>("--voice") { Description = "A voice that both have.", DefaultValueFactory = _ => "slt" };
        var rounds = new Option<int>("--rounds") { Description = "Measurements of each text on each side.", DefaultValueFactory = _ => 25 };
        var shared = new AudioOptions();
        var command = new Command("speech", "Measures speech beside flite's command line or sherpa-onnx's Node binding, and many callers at once.") { flite, voice, rounds };
        shared.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var machine = Machine.Here();
                var run = shared.Read(parsed);
                var said = parsed.GetRequiredValue(voice);
                await using var server = await AudioServer.StartAsync(run, cancellationToken);
                using var client = new SpeechClient(server.BaseUrl, AudioServer.Key, server.Model is null ? "tts-1" : InstalledModel.Name, said);
                using var sherpa = server.Model is { } model ? await SherpaProgram.StartAsync(run.Peer, "voice", model.Folder, run.Threads, cancellationToken) : null;
                var peer = (ISpeaker?)sherpa ?? new FliteProgram(parsed.GetRequiredValue(flite), said);
                var rows = parsed.GetValue(rounds) is > 0 and var times ? await SpeechRounds.RunAsync(client, peer, times, sherpa is not null, cancellationToken) : [];
                var text = sherpa is null ? SpeechTexts.Paragraph : SpeechTexts.Few;
                var many = run.Callers > 0 ? await SpeechCallers.RunAsync(client, server.Process, text, run.Callers, run.Seconds, cancellationToken) : null;
                var report = new SpeechReport
                {
                    Time = DateTimeOffset.UtcNow,
                    Commit = await GitCommit.ReadAsync(cancellationToken),
                    Machine = machine,
                    Voice = said,
                    Peer = peer.Name,
                    Model = server.Model?.File,
                    Threads = server.Model is null ? null : run.Threads,
                    Rounds = parsed.GetValue(rounds),
                    Rows = rows,
                    Callers = many,
                };
                var table = SpeechTable.Of(report);
                Console.Write(table);
                if (run.Results is { } folder)
                {
                    string[] notes = report.Model is { } file ? [$"Voice `{said}`.", ReportFiles.Line(file, run.Threads)] : [$"Voice `{said}`."];
                    await ReportFiles.WriteAsync(
                        folder, run.NameOf("speech"), "Speech", report, ReportJson.Default.SpeechReport, (report.Time, report.Commit, machine), table, notes, cancellationToken);
                }

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
}
