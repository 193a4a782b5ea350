using System.ComponentModel;
using PolarGrid.LoadBench.Peers;
using PolarGrid.LoadBench.Reports;

namespace PolarGrid.LoadBench.Audio;

/// <summary>What the audio commands do around their measurements: start both sides, print, write, judge.</summary>
internal static class AudioBench
{
    /// <param name="kind">Which command.</param>
    /// <param name="run">What was asked for.</param>
    /// <param name="voice">That both use.</param>
    /// <param name="measure">With our server and sherpa-onnx's binding, which is null where the engine needs no model.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>0 when every bar is met, 2 when one is not, 1 when the run failed.</returns>
    public static async Task<int> RunAsync<TRow>(
        AudioKind<TRow> kind, AudioRun run, string voice, Func<AudioServer, SherpaProgram?, Task<AudioMeasured<TRow>>> measure, CancellationToken cancellationToken)
    {
        try
        {
            var machine = Machine.Here();
            await using var server = await AudioServer.StartAsync(run, cancellationToken);
            using var sherpa = server.Model is { } model ? await SherpaProgram.StartAsync(run.Peer, kind.Peer, model.Folder, run.Threads, cancellationToken) : null;
            var others = new OtherProcesses(sherpa is null ? [server.Process.Id] : [server.Process.Id, sherpa.ProcessId]);
            var measured = await measure(server, sherpa);
            var report = new AudioReport<TRow>
            {
                Time = DateTimeOffset.UtcNow,
                Commit = await GitCommit.ReadAsync(cancellationToken),
                Machine = machine,
                Voice = voice,
                Peer = measured.Peer,
                Model = server.Model?.File,
                Threads = server.Model is null ? null : run.Threads,
                Rounds = run.Rounds,
                TheirStart = measured.TheirStart,
                OthersShare = others.Share(),
                Rows = measured.Rows,
                Callers = measured.Callers,
            };
            var table = kind.Table(report);
            Console.Write(table);
            if (OtherProcesses.Line(report.OthersShare) is { } busy) Console.WriteLine(busy);
            if (run.Results is { } folder) await WriteAsync(kind, run, report, table, folder, cancellationToken);
            return report.Rows.All(kind.Meets) && (report.Callers is not { } callers || AudioBars.Meets(callers)) ? 0 : 2;
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or IOException or HttpRequestException)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }

    private static Task WriteAsync<TRow>(
        AudioKind<TRow> kind, AudioRun run, AudioReport<TRow> report, string table, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        List<string> notes = [$"Voice `{report.Voice}`."];
        if (report.Model is { } file) notes.Add(ReportFiles.Line(file, run.Threads));
        if (OtherProcesses.Line(report.OthersShare) is { } busy) notes.Add(busy);
        return ReportFiles.WriteAsync(
            folder, run.NameOf(kind.Name), kind.Title, report, kind.Type, (report.Time, report.Commit, report.Machine), table, notes, cancellationToken);
    }
}
