using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;

namespace PolarGrid.LoadBench.Speech;

/// <summary>Flite's own command line. It starts, loads its voice and writes a file in every call, and a listener waits for all of that.</summary>
internal sealed class FliteProgram(string program, string voice) : ISpeaker
{
    public string Name => "flite";

    /// <summary>Speaks into a file that is deleted again.</summary>
    public async Task<SpokenAnswer> SpeakAsync(string text, CancellationToken cancellationToken)
    {
        var file = Path.GetTempFileName();
        try
        {
            var started = Stopwatch.GetTimestamp();
            using var process = Process.Start(new ProcessStartInfo(program, ["-voice", voice, "-t", text, "-o", file]) { RedirectStandardOutput = true, RedirectStandardError = true })
                ?? throw new Win32Exception($"{program} did not start.");
            await process.WaitForExitAsync(cancellationToken);
            var total = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
            return new SpokenAnswer(null, total, await SecondsAsync(file, cancellationToken));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<double> SecondsAsync(string file, CancellationToken cancellationToken)
    {
        var wav = await File.ReadAllBytesAsync(file, cancellationToken);
        return (double)(wav.Length - SpokenAnswer.HeaderBytes) / BinaryPrimitives.ReadUInt32LittleEndian(wav.AsSpan(28));
    }
}
