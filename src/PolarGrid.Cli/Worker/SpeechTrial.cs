using System.Diagnostics;
using PolarGrid.Engine.Sherpa.Models;

namespace PolarGrid.Cli.Worker;

/// <summary>Tries a speech model in a process of its own, which the library may end.</summary>
/// <param name="program">What to start, its first arguments included.</param>
/// <param name="limit">Longest that a trial may take.</param>
internal sealed class SpeechTrial(IReadOnlyList<string> program, TimeSpan limit)
{
    private const int InterruptedExit = 128 + 2;
    private const int KilledExit = 128 + 9;
    private const int TerminatedExit = 128 + 15;
    private const int LongestReason = 300;

    public static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(60);

    /// <summary>With this very executable.</summary>
    public static SpeechTrial WithThisProgram() => new(Program(), UsualLimit);

    public TrialOutcome Run(SherpaModel model)
    {
        var start = new ProcessStartInfo(program[0])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])[.. program.Skip(1), WorkerCommand.Name, WorkerCommand.CheckSpeech, model.Folder]) start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start)!;
            var last = new LastLine();
            process.ErrorDataReceived += (_, line) => last.Take(line.Data);
            process.OutputDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            process.StandardInput.Close();
            if (!process.WaitForExit(limit))
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
                return new TrialOutcome($"Loading the model for a trial took longer than {limit.TotalSeconds:0} seconds.", Lasts: false);
            }

            process.WaitForExit();
            return Judge(process.ExitCode, last.Text);
        }
        catch (Exception failed) when (failed is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            return new TrialOutcome($"The model cannot be tried, because {program[0]} cannot be started: {failed.Message}", Lasts: false);
        }
    }

    internal static TrialOutcome Judge(int exitCode, string? lastLine)
    {
        var reason = lastLine is null ? "" : $": {(lastLine.Length > LongestReason ? lastLine[..LongestReason] : lastLine)}";
        return exitCode switch
        {
            Terminal.Success => new TrialOutcome(null),
            WorkerCommand.Refused => new TrialOutcome($"The model was tried and does not work{reason}"),
            InterruptedExit or TerminatedExit => new TrialOutcome("The trial of the model was interrupted.", Lasts: false),
            KilledExit => new TrialOutcome("The trial of the model was killed, perhaps for want of memory.", Lasts: false),
            > 128 and < 160 => new TrialOutcome($"The library ended its process by signal {exitCode - 128} when the model was tried{reason}"),
            _ => new TrialOutcome($"The library ended its process with code {exitCode} when the model was tried{reason}"),
        };
    }

    private static string[] Program()
    {
        var host = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is not known.");
        return Path.GetFileNameWithoutExtension(host) == "dotnet" ? [host, Path.Combine(AppContext.BaseDirectory, "polargrid.dll")] : [host];
    }

    /// <summary>Keeps the last line that says something, without the place in the library's source that stands in front of it.</summary>
    private sealed class LastLine
    {
        public string? Text { get; private set; }

        public void Take(string? line)
        {
            if (string.IsNullOrWhiteSpace(line)) return;
            var text = line.Trim();
            var space = text.IndexOf(' ', StringComparison.Ordinal);
            Text = text.StartsWith('/') && space > 0 && text[..space].Contains(".cc:", StringComparison.Ordinal) ? text[(space + 1)..] : text;
        }
    }
}
