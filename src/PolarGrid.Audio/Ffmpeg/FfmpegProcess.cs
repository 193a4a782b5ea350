using System.Diagnostics;

namespace PolarGrid.Audio.Ffmpeg;

/// <summary>
/// One run of ffmpeg: arguments as a list, no shell, an empty environment. Disposing it ends the process, by its own id, at any point.
/// </summary>
internal sealed class FfmpegProcess : IDisposable
{
    private readonly Process process;
    private readonly Thread errors;
    private bool disposed;

    private FfmpegProcess(Process process)
    {
        this.process = process;
        errors = new Thread(DropErrors) { IsBackground = true, Name = "ffmpeg errors" };
        errors.Start();
    }

    public Stream Input => process.StandardInput.BaseStream;

    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>Starts it; null when the system refuses.</summary>
    public static FfmpegProcess? Start(FfmpegTool tool, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(tool.Path, ["-hide_banner", "-nostdin", "-loglevel", "error", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment.Clear();
        start.Environment["LC_ALL"] = "C";
        try
        {
            return Process.Start(start) is { } process ? new FfmpegProcess(process) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Ends the process if it still runs. Safe from any thread, as often as one likes.</summary>
    public void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception or NotSupportedException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Waits for the end, after its output has been read or it was killed.</summary>
    /// <returns>0 for success.</returns>
    public int WaitForExit()
    {
        process.WaitForExit();
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        Kill();
        process.WaitForExit();
        errors.Join();
        process.Dispose();
    }

    /// <summary>
    /// Keeps the pipe empty, so that the process never waits for it. What it says is made of the file's own tags, and is shown to nobody.
    /// </summary>
    private void DropErrors()
    {
        var buffer = new byte[1024];
        try
        {
            while (process.StandardError.BaseStream.Read(buffer) > 0)
            {
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // The pipe is gone with the process.
        }
    }
}
