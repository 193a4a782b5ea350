using System.ComponentModel;
using System.Diagnostics;

namespace PolarGrid.LoadBench.Transcription;

/// <summary>Pocketsphinx's own command line, which loads its model in every call.</summary>
internal sealed class PocketsphinxProgram(string program) : IListener
{
    public string Name => "pocketsphinx";

    public bool StartsEachTime => true;

    public async Task<HeardAnswer> HearAsync(byte[] wav, CancellationToken cancellationToken)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, wav, cancellationToken);
            var started = Stopwatch.GetTimestamp();
            using var process = Process.Start(new ProcessStartInfo(program, ["-infile", file, "-logfn", "/dev/null"]) { RedirectStandardOutput = true })
                ?? throw new Win32Exception($"{program} did not start.");
            var text = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            var total = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            return process.ExitCode == 0 ? new HeardAnswer(text.Trim(), total) : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
