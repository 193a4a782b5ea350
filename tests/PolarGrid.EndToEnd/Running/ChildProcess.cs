using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace PolarGrid.EndToEnd.Running;

/// <summary>A program that a test started. Disposing stops that process and its children, and no other.</summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly Process process;
    private readonly Lock gate = new();
    private readonly StringBuilder output = new(), error = new();
    private readonly TaskCompletionSource<string> awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string? awaitedStart;

    private ChildProcess(Process process, string? awaitedStart)
    {
        this.process = process;
        this.awaitedStart = awaitedStart;
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public string Output => Text(output);

    public string Error => Text(error);

    /// <param name="program">Looked up in the path.</param>
    /// <param name="arguments">Passed as they are.</param>
    /// <param name="environment">Added to ours; null removes a variable.</param>
    /// <param name="awaitedStart">See <see cref="AwaitLineAsync"/>.</param>
    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, string? awaitedStart = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in environment)
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardInput.Close();
        return new ChildProcess(process, awaitedStart);
    }

    /// <summary>The first output line that begins as agreed at the start.</summary>
    /// <exception cref="InvalidOperationException">The process ended before it printed one, or the time is over; holds what it printed.</exception>
    public async Task<string> AwaitLineAsync(TimeSpan limit)
    {
        var ended = process.WaitForExitAsync();
        try
        {
            await Task.WhenAny(awaited.Task, ended).WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"No line '{awaitedStart}…' within {limit.TotalSeconds:0} s:\n{Output}\n{Error}");
        }

        return awaited.Task.IsCompleted
            ? await awaited.Task
            : throw new InvalidOperationException($"The process ended with {process.ExitCode} before '{awaitedStart}…':\n{Output}\n{Error}");
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code. All output is in then.</returns>
    public async Task<int> WaitForEndAsync(TimeSpan limit)
    {
        await process.WaitForExitAsync().WaitAsync(limit);
        return process.ExitCode;
    }

    /// <summary>Asks the process to end, as an operator's <c>kill</c> does.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> StopAsync()
    {
        _ = SendSignal(process.Id, Terminate);
        return WaitForEndAsync(StopLimit);
    }

    /// <summary>Ends it as a crash does.</summary>
    public Task KillAsync()
    {
        process.Kill();
        return process.WaitForExitAsync();
    }

    /// <summary>Resident memory, bytes.</summary>
    public long ResidentBytes()
    {
        process.Refresh();
        return process.WorkingSet64;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            try
            {
                await StopAsync();
            }
            catch (TimeoutException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
        }

        process.Dispose();
    }

    private void Keep(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (gate) text.Append(line).Append('\n');
        if (awaitedStart is not null && line.StartsWith(awaitedStart, StringComparison.Ordinal)) awaited.TrySetResult(line);
    }

    private string Text(StringBuilder text)
    {
        lock (gate) return text.ToString();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
